/** What a teller's page checks before it opens anything (trust.md, "Opening"). */
import { type Archive, readArchive } from "../lib/archive.ts";
import { type Bases, basesOf, parseBallot, verifyBallot } from "../lib/ballotcheck.ts";
import { shareSteps } from "../lib/decrypt.ts";
import { openDecryptionKey } from "../lib/dkg.ts";
import { type Election, parseElection } from "../lib/election.ts";
import { ProtocolError } from "../lib/errors.ts";
import { decode } from "../lib/group.ts";
import { verifyProof } from "../lib/proofs.ts";
import type { Rng } from "../lib/random.ts";
import type { Progress } from "../lib/rpc.ts";
import { type CheckedTally, tallySteps } from "../lib/tally.ts";
import { checkTrustees, type Trustees } from "../lib/trustees.ts";
import type { BallotToVerify, OpenBox, OpenedBox, PreparedBox, Seat } from "./service.ts";

/** The tellers' keys as this page helped to make them. */
export function trusteesOf(json: string, seat: Seat): Trustees {
  const trustees = checkTrustees(json);
  if (trustees.size !== seat.size || trustees.threshold !== seat.threshold) {
    throw new ProtocolError("trustees_threshold");
  }
  return trustees;
}

function electionOf(archive: Archive, box: OpenBox, trustees: Trustees): Election {
  if (archive.trustees !== box.trustees) throw new ProtocolError("other_trustees");
  const election = parseElection(archive.election);
  if (election.uuid !== box.uuid) throw new ProtocolError("other_box");
  if (election.publicKey !== trustees.publicKey) throw new ProtocolError("other_trustees");
  return election;
}

/** Runs a generator to its end, telling how far it is. */
export function run<Y, R>(steps: Generator<Y, R>, tell: (step: Y) => void): R {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    tell(step.value);
  }
}

/** Tables of the last election: a worker verifies one box after the other. */
let known: { json: string; election: Election; bases: Bases } | null = null;

function knownElection(json: string): { election: Election; bases: Bases } {
  if (known?.json !== json) {
    const election = parseElection(json);
    known = { json, election, bases: basesOf(election) };
  }
  return known;
}

/**
 * Verifies one ballot: form and signature always, every proof when `proofs`. The subgroup is checked on the product
 * of all ballots (`checkTally`).
 * @throws ProtocolError `ballot_…`
 */
export function verifyOne({ election: json, ballot: text, proofs }: BallotToVerify): true {
  const { election, bases } = knownElection(json);
  const ballot = parseBallot(election, text);
  const { hash, proof } = ballot.signature;
  if (!verifyProof(`sig|${hash}|`, decode(ballot.credential), proof)) {
    throw new ProtocolError("ballot_bad_signature");
  }
  if (proofs && !run(verifyBallot(election, ballot, bases, { subgroup: false }), () => undefined)) {
    throw new ProtocolError("ballot_bad_proof");
  }
  return true;
}

function checkTally(archive: Archive, election: Election, box: OpenBox, progress: Progress): CheckedTally {
  const checked = run(tallySteps(archive, { proofs: false }), ({ done, total }) => progress(done / total));
  if (checked.tally !== box.encryptedTally) throw new ProtocolError("tally_differs");
  // The number sealed into the election stands even if the server now states a smaller one.
  const minimum = Math.max(box.minimum, election.binding?.minimum ?? 0, 1);
  if (checked.counted < minimum) throw new ProtocolError("below_minimum", `${checked.counted} < ${minimum}`);
  return checked;
}

/** A box whose chain, roll and total have been checked; its share is made once its ballots are verified too. */
export interface Checked {
  readonly prepared: PreparedBox;
  /** Makes this teller's share of exactly the total that was recomputed. */
  share(rng: Rng, progress: Progress): OpenedBox;
}

/** Checks everything about a box except the proofs of its ballots, which `prepared` lists. */
export function prepareBox(box: OpenBox, progress: Progress): Checked {
  const trustees = trusteesOf(box.trustees, box.seat);
  const publicKey = trustees.shares[box.seat.index - 1] ?? "";
  const secret = openDecryptionKey(box.seed, box.decryptionKey, publicKey);
  const archive = readArchive(box.archive);
  const election = electionOf(archive, box, trustees);
  const checked = checkTally(archive, election, box, progress);
  const cells = election.questions.reduce((sum, question) => sum + question.answers.length, 0);
  const { fingerprint } = election;
  const opening = { fingerprint, tally: checked.tally, owner: box.seat.index, publicKey };
  const { tallyHash, ballots, counted } = checked;
  const { head } = archive;
  return {
    prepared: { election: archive.election, ballots: archive.ballots.map(({ json }) => json), cells },
    share(rng, tell) {
      const share = run(shareSteps(opening, secret, rng), (done) => tell(done / cells));
      return { body: { box: box.uuid, ...share }, tallyHash, ballots, counted, head: head.hash };
    },
  };
}

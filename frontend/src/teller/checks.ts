/** What a teller's page checks before it opens anything (trust.md, "Opening"). */
import { type Archive, readArchive } from "../lib/archive.ts";
import { basesOf, parseBallot, verifyBallot } from "../lib/ballotcheck.ts";
import { shareSteps } from "../lib/decrypt.ts";
import { openDecryptionKey } from "../lib/dkg.ts";
import { type Election, parseElection } from "../lib/election.ts";
import { ProtocolError } from "../lib/errors.ts";
import { decode } from "../lib/group.ts";
import { verifyProof } from "../lib/proofs.ts";
import { type Rng, shuffled } from "../lib/random.ts";
import type { Progress } from "../lib/rpc.ts";
import { type CheckedTally, tallySteps } from "../lib/tally.ts";
import { checkTrustees, type Trustees } from "../lib/trustees.ts";
import type { OpenBox, OpenedBox, Seat } from "./service.ts";

/** Proofs take about half a second a ballot at 54 × 4 marks (80 ms at 9 × 4): as many as fit into this time, chosen at random. */
const PROOFS_BUDGET_MS = 15_000;

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

/** Signatures of all ballots, then the proofs of as many as the time allows; answers with that number. */
function checkBallots(
  archive: Archive,
  election: Election,
  rng: Rng,
  now: () => number,
  progress: Progress,
): number {
  const parsed = archive.ballots.map(({ json }) => parseBallot(election, json));
  parsed.forEach((ballot, i) => {
    const { hash, proof } = ballot.signature;
    if (!verifyProof(`sig|${hash}|`, decode(ballot.credential), proof)) {
      throw new ProtocolError("ballot_bad_signature", `ballot ${i + 1}`);
    }
    progress((0.3 * (i + 1)) / parsed.length);
  });
  const bases = basesOf(election);
  const end = now() + PROOFS_BUDGET_MS;
  let proven = 0;
  for (const ballot of shuffled(parsed, rng)) {
    if (now() > end) break;
    // The subgroup has been checked on the product of all ballots (checkTally).
    if (!run(verifyBallot(election, ballot, bases, { subgroup: false }), () => undefined))
      throw new ProtocolError("ballot_bad_proof");
    proven += 1;
    progress(0.3 + (0.7 * proven) / parsed.length);
  }
  return proven;
}

function checkTally(archive: Archive, election: Election, box: OpenBox, progress: Progress): CheckedTally {
  const checked = run(tallySteps(archive, { proofs: false }), ({ done, total }) => progress(done / total));
  if (checked.tally !== box.encryptedTally) throw new ProtocolError("tally_differs");
  // The number sealed into the election stands even if the server now states a smaller one.
  const minimum = Math.max(box.minimum, election.binding?.minimum ?? 0, 1);
  if (checked.counted < minimum) throw new ProtocolError("below_minimum", `${checked.counted} < ${minimum}`);
  return checked;
}

/** Checks everything about a box and only then makes this teller's share. */
export function openBox(box: OpenBox, rng: Rng, now: () => number, progress: Progress): OpenedBox {
  const trustees = trusteesOf(box.trustees, box.seat);
  const publicKey = trustees.shares[box.seat.index - 1] ?? "";
  const secret = openDecryptionKey(box.seed, box.decryptionKey, publicKey);
  const archive = readArchive(box.archive);
  const election = electionOf(archive, box, trustees);
  const checked = checkTally(archive, election, box, (share) => progress(0.3 * share));
  const proven = checkBallots(archive, election, rng, now, (share) => progress(0.3 + 0.4 * share));
  const opening = {
    fingerprint: election.fingerprint,
    tally: checked.tally,
    owner: box.seat.index,
    publicKey,
  };
  const cells = election.questions.reduce((sum, question) => sum + question.answers.length, 0);
  const share = run(shareSteps(opening, secret, rng), (done) => progress(0.7 + (0.3 * done) / cells));
  return {
    body: { box: box.uuid, ...share },
    tallyHash: checked.tallyHash,
    ballots: checked.ballots,
    counted: checked.counted,
    proven,
    head: archive.head.hash,
  };
}

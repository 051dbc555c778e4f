/** Recomputing the encrypted tally from an archive: what a teller does before anything is opened (trust.md). */
import type { Archive } from "./archive.ts";
import { basesOf, type ParsedBallot, parseBallot, verifyBallot } from "./ballotcheck.ts";
import { type Election, parseElection } from "./election.ts";
import { ProtocolError } from "./errors.ts";
import { add, decodeUnchecked, encodeAll, IDENTITY, inSubgroup, type Point } from "./group.ts";
import { sha256Hex } from "./hash.ts";

export interface CheckedTally {
  election: Election;
  /** Exact JSON of the encrypted tally, recomputed. */
  tally: string;
  /** SHA-256 hex of `tally`. */
  tallyHash: string;
  /** Exact JSON of the sized tally. */
  sized: string;
  /** Ballots counted: the last one per credential. */
  counted: number;
  /** Ballots on the board. */
  ballots: number;
}

export interface TallyOptions {
  /** Also verify signatures and proofs of every ballot (about a second each for 54 × 4). */
  proofs: boolean;
}

/** What a long check reports: questions × ballots done of how many. */
export interface TallyProgress {
  done: number;
  total: number;
}

function* parseAll(
  archive: Archive,
  election: Election,
  options: TallyOptions,
): Generator<TallyProgress, ParsedBallot[]> {
  const roll = new Set(archive.roll);
  const seen = new Set<string>();
  const last = new Map<string, ParsedBallot>();
  const bases = basesOf(election);
  const steps = election.questions.length;
  const total = archive.ballots.length * (options.proofs ? 2 : 1) * steps;
  let done = 0;
  for (const { json, height } of archive.ballots) {
    const place = `event ${height}`;
    if (seen.has(json)) throw new ProtocolError("ballot_duplicate", place);
    seen.add(json);
    const ballot = parseBallot(election, json);
    if (!roll.has(ballot.credential)) throw new ProtocolError("ballot_not_on_roll", place);
    if (options.proofs) {
      const run = verifyBallot(election, ballot, bases, { subgroup: false });
      for (let step = run.next(); ; step = run.next()) {
        if (step.done === true) {
          if (!step.value) throw new ProtocolError("ballot_bad_proof", place);
          break;
        }
        done += 1;
        yield { done, total };
      }
    }
    last.set(ballot.credential, ballot);
  }
  return [...last.values()];
}

function multiply(sums: Point[][][], ballot: ParsedBallot): void {
  ballot.answers.forEach((answer, q) => {
    answer.choices.forEach((cipher, a) => {
      const cell = sums[q]?.[a] as Point[];
      cell[0] = add(cell[0] ?? IDENTITY, decodeUnchecked(cipher.alpha));
      cell[1] = add(cell[1] ?? IDENTITY, decodeUnchecked(cipher.beta));
    });
  });
}

/** Compact JSON of the sums. Every cell must lie in the subgroup: a torsion part would leak bits of a key. */
function tallyText(sums: Point[][][]): string {
  const rows = sums.map((row) =>
    row.map((cell) => {
      if (!cell.every(inSubgroup)) throw new ProtocolError("tally_outside_group");
      const [alpha, beta] = encodeAll(cell);
      return { alpha, beta };
    }),
  );
  return JSON.stringify(rows);
}

/**
 * Recomputes the tally, yielding progress; compares it with the one on the board when it is there already.
 * @throws ProtocolError `ballot_…`, `tally_differs`, `tally_outside_group`, `box_open`
 */
export function* tallySteps(archive: Archive, options: TallyOptions): Generator<TallyProgress, CheckedTally> {
  if (!archive.closed) throw new ProtocolError("box_open");
  const election = parseElection(archive.election);
  const counted = yield* parseAll(archive, election, options);
  const sums = election.questions.map((question) => question.answers.map(() => [IDENTITY, IDENTITY]));
  const steps = election.questions.length;
  const before = options.proofs ? archive.ballots.length * steps : 0;
  const total = before + counted.length * steps;
  for (const [i, ballot] of counted.entries()) {
    multiply(sums, ballot);
    yield { done: before + (i + 1) * steps, total };
  }
  const tally = tallyText(sums);
  const tallyHash = sha256Hex(tally);
  const size = counted.length;
  const sized = JSON.stringify({ num_tallied: size, total_weight: size, encrypted_tally: tallyHash });
  if (archive.encryptedTally !== null && (archive.encryptedTally !== tally || archive.sized !== sized)) {
    throw new ProtocolError("tally_differs");
  }
  return { election, tally, tallyHash, sized, counted: size, ballots: archive.ballots.length };
}

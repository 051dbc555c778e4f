/** Checking the whole board on this device: chain, grammar, and where one ballot stands in it. */
import { bytes } from "../lib/api.ts";
import { readArchive } from "../lib/archive.ts";
import { parseBallot } from "../lib/ballotcheck.ts";
import { parseElection } from "../lib/election.ts";
import { sha256Hex } from "../lib/hash.ts";

export interface BoardFinding {
  status: "counted" | "replaced" | "unknown";
  height: number | null;
  event: string | null;
  ballots: number;
  /** Hash of the last event. */
  head: string;
}

/** @throws ProtocolError for a board that is not what it must be; ApiError, NetworkError */
export async function checkBoard(uuid: string, tracker: string): Promise<BoardFinding> {
  return findInBoard(await bytes(`/board/${uuid}.bel`), tracker);
}

export function findInBoard(archiveBytes: Uint8Array, tracker: string): BoardFinding {
  const archive = readArchive(archiveBytes);
  const election = parseElection(archive.election);
  const parsed = archive.ballots.map((entry) => ({
    ...entry,
    credential: parseBallot(election, entry.json).credential,
  }));
  const at = parsed.findIndex(({ json }) => sha256Hex(json) === tracker);
  const own = parsed[at];
  const later =
    own !== undefined && parsed.slice(at + 1).some(({ credential }) => credential === own.credential);
  return {
    status: own === undefined ? "unknown" : later ? "replaced" : "counted",
    height: own?.height ?? null,
    event: own?.event ?? null,
    ballots: parsed.length,
    head: archive.head.hash,
  };
}

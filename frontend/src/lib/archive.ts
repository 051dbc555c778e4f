/** The board archive `UUID.bel`, read byte-exactly (protocol.md §10) with the strict grammar of trust.md. */
import { decodeUtf8 } from "./bytes.ts";
import { ProtocolError } from "./errors.ts";
import { sha256Hex } from "./hash.ts";
import { asArray, asInteger, asObject, asString, type JsonObject, parseJson } from "./json.ts";

const BLOCK = 512;

interface FileRecord {
  name: string;
  content: Uint8Array;
}

export interface Archive {
  election: string;
  trustees: string;
  /** Public credentials, `"<enc>"` each (weights do not occur in ours). */
  roll: string[];
  /** Ballots in the order of the chain, with the hash and height of their event. */
  ballots: { json: string; event: string; height: number }[];
  /** Whether EndBallots is there. */
  closed: boolean;
  encryptedTally: string | null;
  sized: string | null;
  /** By owner. */
  partials: Map<number, string>;
  result: string | null;
  head: { hash: string; height: number };
}

/** The 512 bytes that a record of this name, size and time must have. */
function headerFor(name: string, size: number, mtime: string): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (text: string, at: number) => {
    for (let i = 0; i < text.length; i++) block[at + i] = text.charCodeAt(i);
  };
  put(name, 0);
  put("0000644", 100);
  put("0000000", 108);
  put("0000000", 116);
  put(size.toString(8).padStart(11, "0"), 124);
  put(mtime, 136);
  put("        ", 148);
  put("0", 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

function* records(bytes: Uint8Array): Generator<FileRecord> {
  const text = (block: Uint8Array, from: number, to: number) =>
    String.fromCharCode(...block.subarray(from, to)).replace(/\0.*$/s, "");
  for (let at = 0; at < bytes.length; ) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.length < BLOCK) throw new ProtocolError("archive_cut", `byte ${at}`);
    const name = text(header, 0, 100);
    const size = Number.parseInt(text(header, 124, 135), 8);
    const mtime = text(header, 136, 147);
    if (!Number.isSafeInteger(size) || !same(header, headerFor(name, size, mtime))) {
      throw new ProtocolError("archive_header", `byte ${at}`);
    }
    const start = at + BLOCK;
    const end = start + size;
    const next = start + Math.ceil(size / BLOCK) * BLOCK;
    if (next > bytes.length) throw new ProtocolError("archive_cut", `byte ${at}`);
    if (bytes.subarray(end, next).some((byte) => byte !== 0))
      throw new ProtocolError("archive_padding", name);
    yield { name, content: bytes.subarray(start, end) };
    at = next;
  }
}

interface Event {
  hash: string;
  height: number;
  type: string;
  payload: string | null;
  /** Data records before it, by hash, in order. */
  data: Map<string, string>;
}

function readEvent(content: string, previous: Event | null, data: Map<string, string>): Event {
  const raw = asObject(parseJson(content), "event");
  const height = asInteger(raw.height, "event.height");
  const type = asString(raw.type, "event.type");
  const payload = raw.payload === undefined ? null : asString(raw.payload, "event.payload");
  const expected = JSON.stringify({
    ...(previous === null ? {} : { parent: previous.hash }),
    height: previous === null ? 0 : previous.height + 1,
    type,
    ...(payload === null ? {} : { payload }),
  });
  if (content !== expected) throw new ProtocolError("archive_chain", `event ${height}`);
  return { hash: sha256Hex(content), height, type, payload, data };
}

function* events(bytes: Uint8Array): Generator<Event> {
  let previous: Event | null = null;
  let data = new Map<string, string>();
  let first = true;
  for (const { name, content } of records(bytes)) {
    if (first) {
      const header = decodeUtf8(content);
      if (name !== "BELENIOS" || !/^\{"version":1,"timestamp":"\d+"\}$/.test(header)) {
        throw new ProtocolError("archive_start");
      }
      first = false;
      continue;
    }
    const hash = sha256Hex(content);
    const text = decodeUtf8(content);
    if (name === `${hash}.data.json`) data.set(hash, text);
    else if (name === `${hash}.event.json`) {
      previous = readEvent(text, previous, data);
      yield previous;
      data = new Map();
    } else throw new ProtocolError("archive_name", name);
  }
  if (data.size > 0) throw new ProtocolError("archive_unreferenced");
}

/** Takes exactly the named records of an event: nothing may be missing and nothing left over. */
function take(event: Event, ...hashes: (string | null)[]): string[] {
  const keys = [...event.data.keys()];
  if (keys.length !== hashes.length || hashes.some((hash, i) => hash !== keys[i])) {
    throw new ProtocolError("archive_records", `event ${event.height}`);
  }
  return [...event.data.values()];
}

function readSetup(event: Event): Pick<Archive, "election" | "trustees" | "roll"> {
  const raw: JsonObject = asObject(parseJson(event.data.get(event.payload ?? "") ?? "null"), "setup");
  const hashes = ["election", "trustees", "credentials"].map((name) => asString(raw[name], `setup.${name}`));
  const [election = "", trustees = "", credentials = ""] = take(event, ...hashes, event.payload);
  const roll = asArray(parseJson(credentials), "credentials").map((entry) => asString(entry, "credential"));
  if (new Set(roll).size !== roll.length) throw new ProtocolError("roll_duplicate");
  return { election, trustees, roll };
}

type Phase = "start" | "voting" | "closed" | "tallied" | "opening" | "done";
const NEXT: Record<string, { from: Phase[]; to: Phase }> = {
  Setup: { from: ["start"], to: "voting" },
  Ballot: { from: ["voting"], to: "voting" },
  EndBallots: { from: ["voting"], to: "closed" },
  EncryptedTally: { from: ["closed"], to: "tallied" },
  PartialDecryption: { from: ["tallied", "opening"], to: "opening" },
  Result: { from: ["opening"], to: "done" },
};

function apply(archive: Archive, event: Event): void {
  switch (event.type) {
    case "Setup":
      Object.assign(archive, readSetup(event));
      break;
    case "Ballot": {
      const [json = ""] = take(event, event.payload);
      archive.ballots.push({ json, event: event.hash, height: event.height });
      break;
    }
    case "EndBallots":
      take(event);
      archive.closed = true;
      break;
    case "EncryptedTally": {
      const sized = event.data.get(event.payload ?? "") ?? "null";
      const tally = asString(asObject(parseJson(sized), "sized tally").encrypted_tally, "sized tally");
      [archive.encryptedTally, archive.sized] = take(event, tally, event.payload) as [string, string];
      break;
    }
    case "PartialDecryption": {
      const owned = asObject(parseJson(event.data.get(event.payload ?? "") ?? "null"), "owned");
      const [partial = ""] = take(event, asString(owned.payload, "owned"), event.payload);
      archive.partials.set(asInteger(owned.owner, "owner"), partial);
      break;
    }
    default:
      [archive.result] = take(event, event.payload) as [string];
  }
}

/**
 * Reads a whole archive: every header, hash, height and parent, and the order
 * `Setup Ballot* EndBallots EncryptedTally PartialDecryption+ Result` as far as it goes.
 * @throws ProtocolError `archive_…` with the place
 */
export function readArchive(bytes: Uint8Array): Archive {
  const archive: Archive = {
    election: "",
    trustees: "",
    roll: [],
    ballots: [],
    closed: false,
    encryptedTally: null,
    sized: null,
    partials: new Map(),
    result: null,
    head: { hash: "", height: -1 },
  };
  let phase: Phase = "start";
  for (const event of events(bytes)) {
    const step = NEXT[event.type];
    if (step === undefined || !step.from.includes(phase)) {
      throw new ProtocolError("archive_grammar", `event ${event.height}: ${event.type}`);
    }
    phase = step.to;
    apply(archive, event);
    archive.head = { hash: event.hash, height: event.height };
  }
  if (phase === "start") throw new ProtocolError("archive_start");
  return archive;
}

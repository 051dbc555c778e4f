/** A board written in the test, so that every way of tampering can be tried on it (protocol.md §10). */
import { concatBytes, utf8ToBytes } from "../src/lib/bytes.ts";
import { sha256Hex } from "../src/lib/hash.ts";

const MTIME = "14524770400";

function record(name: string, content: string): Uint8Array {
  const body = utf8ToBytes(content);
  const head = new Uint8Array(512);
  const put = (text: string, at: number): void => head.set(utf8ToBytes(text), at);
  put(name, 0);
  put("0000644", 100);
  put("0000000", 108);
  put("0000000", 116);
  put(body.length.toString(8).padStart(11, "0"), 124);
  put(MTIME, 136);
  put("        ", 148);
  put("0", 156);
  const sum = head.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return concatBytes(head, body, new Uint8Array((512 - (body.length % 512)) % 512));
}

export class BoardWriter {
  private readonly parts: Uint8Array[];
  private parent: string | null = null;
  private height = 0;

  constructor() {
    this.parts = [record("BELENIOS", '{"version":1,"timestamp":"1700000000"}')];
  }

  /** Data records in order, then the event; the payload is the last record's hash. */
  event(type: string, ...data: string[]): this {
    for (const content of data) this.parts.push(record(`${sha256Hex(content)}.data.json`, content));
    const last = data.at(-1);
    const event = JSON.stringify({
      ...(this.parent === null ? {} : { parent: this.parent }),
      height: this.height,
      type,
      ...(last === undefined ? {} : { payload: sha256Hex(last) }),
    });
    const hash = sha256Hex(event);
    this.parts.push(record(`${hash}.event.json`, event));
    this.parent = hash;
    this.height += 1;
    return this;
  }

  setup(election: string, trustees: string, roll: readonly string[]): this {
    const credentials = JSON.stringify(roll);
    const setup = JSON.stringify({
      election: sha256Hex(election),
      trustees: sha256Hex(trustees),
      credentials: sha256Hex(credentials),
    });
    return this.event("Setup", election, trustees, credentials, setup);
  }

  bytes(): Uint8Array {
    return concatBytes(...this.parts);
  }
}

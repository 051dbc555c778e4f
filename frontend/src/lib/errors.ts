/** What the protocol refuses. `code` is stable and is what pages translate; `detail` is for the developer. */
export class ProtocolError extends Error {
  readonly code: string;
  readonly detail: string;

  constructor(code: string, detail = "") {
    super(detail === "" ? code : `${code}: ${detail}`);
    this.name = "ProtocolError";
    this.code = code;
    this.detail = detail;
  }
}

/** The booth's calls. `base` is empty on the server's own page and an origin for the page from a file. */
import { call, errorFrom, get, NetworkError } from "../lib/api.ts";
import type { Acknowledgement, BoxView } from "./types.ts";

export interface ReceiptStatus {
  status: "counted" | "replaced" | "unknown";
  height: number | null;
  event: string | null;
}

/** Told when a try failed and the next one waits. */
export type OnRetry = () => void;

export class Server {
  constructor(readonly base: string) {}

  box(uuid: string, attempts = 1): Promise<BoxView> {
    return get<BoxView>(`${this.base}/api/boxes/${uuid}`, { attempts, timeoutMs: 15_000 });
  }

  eventsAddress(uuid: string): string {
    return `${this.base}/api/boxes/${uuid}/events`;
  }

  receipt(uuid: string, trackerHex: string): Promise<ReceiptStatus> {
    return get<ReceiptStatus>(`${this.base}/api/boxes/${uuid}/receipts/${trackerHex}`, { attempts: 3 });
  }

  /** Tries until the server answers; the same ballot again gives the same answer. */
  async cast(uuid: string, ballot: string, onRetry: OnRetry, signal: AbortSignal): Promise<Acknowledgement> {
    const answer = await this.send(
      `/api/boxes/${uuid}/ballots`,
      ballot,
      onRetry,
      signal,
      Number.POSITIVE_INFINITY,
    );
    return answer as Acknowledgement;
  }

  async sendOpinions(appraisal: string, entries: readonly string[]): Promise<void> {
    const stop = new AbortController();
    await this.send(
      `/api/appraisals/${appraisal}/opinions`,
      JSON.stringify({ entries }),
      () => undefined,
      stop.signal,
      6,
    );
  }

  /** For a page that is being closed: the browser goes on sending. */
  sendOpinionsLast(appraisal: string, entries: readonly string[]): void {
    const body = JSON.stringify({ entries });
    // Browsers refuse more than 64 KiB of such a request; then the next visit sends it.
    if (body.length > 60_000) return;
    void fetch(`${this.base}/api/appraisals/${appraisal}/opinions`, {
      method: "POST",
      body,
      keepalive: true,
      headers: { "Content-Type": this.contentType },
      credentials: "omit",
    }).catch(() => undefined);
  }

  /** Text needs no preflight from another origin; the server does not look at it (contract §3.5). */
  private get contentType(): string {
    return this.base === "" ? "application/json" : "text/plain;charset=UTF-8";
  }

  private async send(
    path: string,
    body: string,
    onRetry: OnRetry,
    signal: AbortSignal,
    attempts: number,
  ): Promise<unknown> {
    const response = await call("POST", this.base + path, body, {
      attempts,
      onRetry,
      signal,
      timeoutMs: 30_000,
      headers: { "Content-Type": this.contentType },
    });
    let answer: unknown = null;
    try {
      answer = await response.json();
    } catch (cause) {
      // An answer that breaks off is no answer: the caller sends the same bytes again.
      if (response.ok) throw new NetworkError(cause);
    }
    if (!response.ok) throw errorFrom(response.status, answer);
    return answer;
  }
}

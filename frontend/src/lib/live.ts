/**
 * Live changes: server-sent events read through `fetch`, because a bearer token must travel in a
 * header and `EventSource` has none. Events carry no content (contract §3.6): a page that hears of
 * a change fetches what it shows again, so nothing leaks by listening.
 */
import { backoffMs, sleep } from "./api.ts";

export interface Change {
  readonly topic: string;
  readonly version: number;
}

export interface LiveOptions {
  readonly token?: string | undefined;
  /** A change, or `{topic: "connected"}` after every (re)connection: fetch everything again. */
  readonly onChange: (change: Change) => void;
  /** True while connected; called when it changes. */
  readonly onState?: (connected: boolean) => void;
}

export interface SseEvent {
  readonly event: string;
  readonly data: string;
}

/** Cuts a stream of text into events (the line rules of the HTML standard, without ids). */
export class SseParser {
  private rest = "";
  private event = "";
  private data: string[] = [];

  /** Takes the next piece of the stream and returns the events that are complete with it. */
  push(piece: string): SseEvent[] {
    const out: SseEvent[] = [];
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        if (this.data.length > 0) out.push({ event: this.event || "message", data: this.data.join("\n") });
        this.event = "";
        this.data = [];
        continue;
      }
      if (line.startsWith(":")) continue;
      const colon = line.indexOf(":");
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
      if (field === "event") this.event = value;
      else if (field === "data") this.data.push(value);
    }
    return out;
  }
}

/** The server sends a comment every 15 s; silence for this long means the line is dead. */
const SILENCE_MS = 40_000;

function changeFrom(data: string): Change | null {
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== "object" || value === null) return null;
    const topic = "topic" in value && typeof value.topic === "string" ? value.topic : null;
    const version = "version" in value && typeof value.version === "number" ? value.version : 0;
    return topic === null ? null : { topic, version };
  } catch {
    return null;
  }
}

/** Listens until the returned function is called. Reconnects by itself. */
export function listen(path: string, options: LiveOptions): () => void {
  const stop = new AbortController();
  let wake: (() => void) | null = null;
  let connected = false;

  const setState = (state: boolean): void => {
    if (state === connected) return;
    connected = state;
    options.onState?.(state);
  };

  async function session(): Promise<void> {
    const line = new AbortController();
    const end = (): void => line.abort();
    stop.signal.addEventListener("abort", end, { once: true });
    let watchdog = setTimeout(end, SILENCE_MS);
    try {
      const headers: Record<string, string> = { Accept: "text/event-stream" };
      if (options.token) headers.Authorization = `Bearer ${options.token}`;
      const response = await fetch(path, {
        headers,
        signal: line.signal,
        cache: "no-store",
        credentials: "same-origin",
      });
      if (!response.ok || !response.body) throw new Error(`events: HTTP ${response.status}`);
      setState(true);
      options.onChange({ topic: "connected", version: 0 });
      const parser = new SseParser();
      const decoder = new TextDecoder();
      const reader = response.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(watchdog);
        watchdog = setTimeout(end, SILENCE_MS);
        for (const event of parser.push(decoder.decode(value, { stream: true }))) {
          const change = event.event === "change" ? changeFrom(event.data) : null;
          if (change) options.onChange(change);
        }
      }
    } finally {
      clearTimeout(watchdog);
      stop.signal.removeEventListener("abort", end);
      line.abort();
    }
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stop.signal.aborted) {
      const begun = Date.now();
      try {
        await session();
      } catch {
        // Lost or refused: the wait below is the answer to both.
      }
      if (stop.signal.aborted) return;
      setState(false);
      failures = Date.now() - begun > 30_000 ? 1 : failures + 1;
      const woken = new AbortController();
      wake = () => woken.abort();
      await sleep(backoffMs(failures), woken.signal).catch(() => undefined);
      wake = null;
    }
  }

  // A phone that wakes up, or finds the network again, does not wait for the next try.
  const hurry = (): void => {
    if (document.visibilityState === "visible") wake?.();
  };
  window.addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);
  void run();
  return () => {
    stop.abort();
    wake?.();
    window.removeEventListener("online", hurry);
    document.removeEventListener("visibilitychange", hurry);
  };
}

/** Runs `work` now and after every call, but never twice at once: calls meanwhile make one more run. */
export function coalesce(work: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const go = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        await work();
      } while (again);
    } finally {
      running = false;
    }
  };
  return () => void go();
}

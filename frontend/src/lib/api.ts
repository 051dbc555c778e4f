/** Calls to the server: JSON in and out, errors with all their problems, retries where safe. */

/** One thing wrong with what was sent: where (`categories[1].weight`), which rule, in words. */
export interface Problem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** The server answered, and said no. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly problems: readonly Problem[] = [],
    /** For internal errors: what to look for in the log. */
    readonly id: string | null = null,
    /** The whole answer, for codes that carry more (409 `changed_meanwhile`). */
    readonly body: unknown = null,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** The server could not be reached, or the connection broke. */
export class NetworkError extends Error {
  constructor(readonly reason: unknown) {
    super("network");
    this.name = "NetworkError";
  }
}

export interface CallOptions {
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Tries in all when the network fails (or the server is busy); only for idempotent calls. */
  readonly attempts?: number;
  /** Told before each wait, so the page can say that it goes on by itself. */
  readonly onRetry?: (attempt: number, waitMs: number) => void;
  /** Milliseconds until a try counts as lost. */
  readonly timeoutMs?: number;
}

/** Waits between tries grow from 0.5 s to 10 s; jitter keeps 100 phones from coming back at once. */
export function backoffMs(attempt: number, jitter: number = Math.random()): number {
  const base = Math.min(10_000, 500 * 2 ** Math.max(0, attempt - 1));
  return Math.round(base * (0.75 + 0.5 * jitter));
}

/** Waits, or rejects at once when `signal` fires. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new DOMException("aborted", "AbortError"));
      return;
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    function stop(): void {
      clearTimeout(timer);
      reject(new DOMException("aborted", "AbortError"));
    }
    signal?.addEventListener("abort", stop, { once: true });
  });
}

function csrfToken(): string | null {
  if (typeof document === "undefined") return null;
  const meta = document.querySelector('meta[name="csrf-token"]');
  return meta?.getAttribute("content") ?? null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

function problemsIn(value: unknown): Problem[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((p) => ({
    path: text(p.path, ""),
    code: text(p.code, ""),
    message: text(p.message, text(p.code, "")),
  }));
}

/** Reads the error envelope of the contract (§3); anything else becomes `http_<status>`. */
export function errorFrom(status: number, body: unknown): ApiError {
  const error = isRecord(body) ? body.error : null;
  if (!isRecord(error)) return new ApiError(status, `http_${status}`, `HTTP ${status}`, [], null, body);
  const code = text(error.code, `http_${status}`);
  const id = typeof error.id === "string" ? error.id : null;
  return new ApiError(status, code, text(error.message, code), problemsIn(error.problems), id, body);
}

async function once(
  method: string,
  path: string,
  body: BodyInit | null,
  options: CallOptions,
): Promise<Response> {
  const headers = new Headers(options.headers);
  headers.set("Accept", headers.get("Accept") ?? "application/json");
  if (options.token) headers.set("Authorization", `Bearer ${options.token}`);
  if (body !== null && typeof body === "string" && !headers.has("Content-Type")) {
    headers.set("Content-Type", "application/json");
  }
  const csrf = method === "GET" || options.token ? null : csrfToken();
  if (csrf) headers.set("X-CSRF-Token", csrf);

  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), options.timeoutMs ?? 30_000);
  const stop = (): void => limit.abort();
  options.signal?.addEventListener("abort", stop, { once: true });
  try {
    return await fetch(path, {
      method,
      headers,
      body,
      signal: limit.signal,
      cache: "no-store",
      credentials: "same-origin",
    });
  } catch (cause) {
    if (options.signal?.aborted) throw new DOMException("aborted", "AbortError");
    throw new NetworkError(cause);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", stop);
  }
}

/** One call, with retries on a lost network and on 502, 503, 504 and 429. Other answers come back as they are. */
export async function call(
  method: string,
  path: string,
  body: BodyInit | null,
  options: CallOptions = {},
): Promise<Response> {
  const attempts = options.attempts ?? (method === "GET" ? 4 : 1);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await once(method, path, body, options);
      const busy = [429, 502, 503, 504].includes(response.status);
      if (!busy || attempt >= attempts) return response;
    } catch (error) {
      if (!(error instanceof NetworkError) || attempt >= attempts) throw error;
    }
    const wait = backoffMs(attempt);
    options.onRetry?.(attempt, wait);
    await sleep(wait, options.signal);
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  let content: string;
  try {
    content = await response.text();
  } catch (cause) {
    throw new NetworkError(cause);
  }
  if (content === "") return null;
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return null;
  }
}

/** A call that answers JSON; throws `ApiError` or `NetworkError`. */
export async function json<T>(
  method: string,
  path: string,
  body?: unknown,
  options: CallOptions = {},
): Promise<T> {
  const sent = body === undefined ? null : JSON.stringify(body);
  const response = await call(method, path, sent, options);
  const answer = await jsonOf(response);
  if (!response.ok) throw errorFrom(response.status, answer);
  return answer as T;
}

export const get = <T>(path: string, options?: CallOptions): Promise<T> =>
  json<T>("GET", path, undefined, options);
export const post = <T>(path: string, body: unknown = {}, options?: CallOptions): Promise<T> =>
  json<T>("POST", path, body, options);
export const put = <T>(path: string, body: unknown, options?: CallOptions): Promise<T> =>
  json<T>("PUT", path, body, options);

/** Bytes (an archive), with progress in bytes when the server says how long it is. */
export async function bytes(
  path: string,
  options: CallOptions = {},
  progress?: (done: number, total: number | null) => void,
): Promise<Uint8Array> {
  const response = await call("GET", path, null, {
    timeoutMs: 600_000,
    ...options,
    headers: { Accept: "*/*", ...options.headers },
  });
  if (!response.ok) throw errorFrom(response.status, await jsonOf(response));
  const stated = Number(response.headers.get("Content-Length") ?? "");
  const total = Number.isFinite(stated) && stated > 0 ? stated : null;
  if (!response.body) return new Uint8Array(await response.arrayBuffer());
  const parts: Uint8Array[] = [];
  let done = 0;
  const reader = response.body.getReader();
  try {
    for (;;) {
      const { done: end, value } = await reader.read();
      if (end) break;
      parts.push(value);
      done += value.length;
      progress?.(done, total);
    }
  } catch (cause) {
    throw new NetworkError(cause);
  }
  const whole = new Uint8Array(done);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

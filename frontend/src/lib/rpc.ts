/**
 * Calls into a worker, so that long arithmetic never freezes the page. A worker serves named
 * functions; each may report progress between 0 and 1.
 */

export type Progress = (share: number) => void;
type Work = (argument: never, progress: Progress) => unknown;

/** What a worker offers: name → function of one argument. */
export type Service = Record<string, Work>;

interface Request {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

type Reply =
  | { readonly id: number; readonly progress: number }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } };

/** An error inside the worker: `code` is stable and can be translated. */
export class WorkerError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "WorkerError";
  }
}

function codeOf(error: unknown): { code: string; message: string } {
  if (error instanceof Error) {
    const code = "code" in error && typeof error.code === "string" ? error.code : "internal";
    return { code, message: error.message };
  }
  return { code: "internal", message: String(error) };
}

interface Scope {
  addEventListener(type: "message", listener: (event: MessageEvent<Request>) => void): void;
  postMessage(reply: Reply): void;
}

/** In the worker: answers calls with these functions, one after the other. */
export function serve(service: Service, scope: Scope = self as unknown as Scope): void {
  let queue: Promise<void> = Promise.resolve();
  scope.addEventListener("message", (event) => {
    const { id, name, argument } = event.data;
    queue = queue.then(async () => {
      try {
        const work = service[name];
        if (!work) throw new Error(`the worker has no ${name}`);
        let last = 0;
        const progress: Progress = (share) => {
          const now = Date.now();
          if (share < 1 && now - last < 80) return;
          last = now;
          scope.postMessage({ id, progress: share });
        };
        scope.postMessage({ id, value: await work(argument as never, progress) });
      } catch (error) {
        scope.postMessage({ id, error: codeOf(error) });
      }
    });
  });
}

/** The page's end of a service of type `S`. */
export interface Remote<S extends Service> {
  call<K extends keyof S & string>(
    name: K,
    argument: Parameters<S[K]>[0],
    progress?: Progress,
  ): Promise<Awaited<ReturnType<S[K]>>>;
  close(): void;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
  readonly progress: Progress | undefined;
}

/** Starts the worker at `url`. */
export function connect<S extends Service>(url: string): Remote<S> {
  const worker = new Worker(url);
  const pending = new Map<number, Pending>();
  let next = 1;
  // A worker whose script could not be fetched says so once, often before anybody has called it.
  let broken: WorkerError | null = null;
  worker.addEventListener("message", (event: MessageEvent<Reply>) => {
    const reply = event.data;
    const waiting = pending.get(reply.id);
    if (!waiting) return;
    if ("progress" in reply) {
      waiting.progress?.(reply.progress);
      return;
    }
    pending.delete(reply.id);
    if ("error" in reply) waiting.reject(new WorkerError(reply.error.code, reply.error.message));
    else waiting.resolve(reply.value);
  });
  worker.addEventListener("error", (event) => {
    broken = new WorkerError("worker", event.message);
    for (const waiting of pending.values()) waiting.reject(broken);
    pending.clear();
  });
  return {
    call(name, argument, progress) {
      if (broken) return Promise.reject(broken);
      const id = next++;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve: resolve as (value: unknown) => void, reject, progress });
        worker.postMessage({ id, name, argument } satisfies Request);
      });
    },
    close: () => worker.terminate(),
  };
}

/** What is typed, until the server has it: in the browser's own database, where a reload, a crash or a broken connection
 * cannot reach it. */

export interface Kept {
  readonly text: string;
  /** The version it was typed on. */
  readonly version: number;
}

const STORE = "drafts";

function request<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("IndexedDB"));
  });
}

let opening: Promise<IDBDatabase | null> | null = null;

/** Null where the browser has none, or forbids it: then the page alone holds the text, and warns before it is left. */
function database(): Promise<IDBDatabase | null> {
  opening ??= new Promise((resolve) => {
    try {
      const asked = indexedDB.open("pingyi-reports", 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => resolve(null);
      asked.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  return opening;
}

async function store(mode: IDBTransactionMode): Promise<IDBObjectStore | null> {
  const open = await database();
  return open ? open.transaction(STORE, mode).objectStore(STORE) : null;
}

const isKept = (value: unknown): value is Kept =>
  typeof value === "object" &&
  value !== null &&
  "text" in value &&
  typeof value.text === "string" &&
  "version" in value &&
  typeof value.version === "number";

/** What was kept under a key, or null. */
export async function recall(key: string): Promise<Kept | null> {
  try {
    const place = await store("readonly");
    const value: unknown = place ? await request(place.get(key)) : null;
    return isKept(value) ? value : null;
  } catch {
    return null;
  }
}

/** Keeps a text; false where nothing can be kept. */
export async function keep(key: string, kept: Kept): Promise<boolean> {
  try {
    const place = await store("readwrite");
    if (!place) return false;
    await request(place.put(kept, key));
    return true;
  } catch {
    return false;
  }
}

/** The server has this text: it need not be kept, unless something else was typed meanwhile. */
export async function forget(key: string, text: string): Promise<void> {
  try {
    const place = await store("readwrite");
    if (!place) return;
    const value: unknown = await request(place.get(key));
    if (isKept(value) && value.text === text) await request(place.delete(key));
  } catch {
    // It is offered again at the next visit, and found to be stored.
  }
}

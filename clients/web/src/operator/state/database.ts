/** What stays on this device: one IndexedDB for each operator. Plaintext of credentials never comes here. */

import type { Kept } from "../../shared/reading.svelte";

/** Answers of the API by what was asked, drafts by task, photos by their id, and what waits to be sent. */
type Store = "answers" | "drafts" | "photos" | "outbox";

const VERSION = 1;

let opened: { name: string; database: Promise<IDBDatabase> } | undefined;

export function open(operatorId: string): void {
  const name = `humanops-${operatorId}`;
  opened = { name, database: connect(name) };
  // Asks that nothing is thrown away when the device runs short.
  void navigator.storage?.persist?.();
}

export async function get<T>(store: Store, key: string): Promise<T | undefined> {
  return done((await objects(store, "readonly")).get(key));
}

/** Where the answer to a question is kept. */
export function kept<T>(name: string): Kept<T> {
  return { get: () => get<T>("answers", name), put: (value) => put("answers", name, value) };
}

export async function all<T>(store: Store): Promise<T[]> {
  return done((await objects(store, "readonly")).getAll());
}

export async function put(store: Store, key: string, value: unknown): Promise<void> {
  const transaction = await begin(store, "readwrite");
  transaction.objectStore(store).put(value, key);
  await committed(transaction);
}

export async function remove(store: Store, key: string): Promise<void> {
  const transaction = await begin(store, "readwrite");
  transaction.objectStore(store).delete(key);
  await committed(transaction);
}

/** Forgets everything of the operator. */
export async function forget(): Promise<void> {
  if (!opened) return;
  const { name, database } = opened;
  opened = undefined;
  (await database).close();
  await done(indexedDB.deleteDatabase(name));
}

function connect(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, VERSION);
  request.onupgradeneeded = () => {
    for (const store of ["answers", "drafts", "photos", "outbox"]) request.result.createObjectStore(store);
  };
  return done(request);
}

async function begin(store: Store, mode: IDBTransactionMode): Promise<IDBTransaction> {
  if (!opened) throw new Error("nobody is signed in");
  return (await opened.database).transaction(store, mode, { durability: mode === "readwrite" ? "strict" : "default" });
}

async function objects(store: Store, mode: IDBTransactionMode): Promise<IDBObjectStore> {
  return (await begin(store, mode)).objectStore(store);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

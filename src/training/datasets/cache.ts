import { statSync } from "node:fs";
import { resolve } from "node:path";

interface Entry {
  readonly stamp: string;
  readonly value: unknown;
}

const entries = new Map<string, Entry>();

/**
 * Decodes a file once per process for each way of reading it; again when it has changed on disk.
 *
 * @param how the reader and its options, JSON
 */
export function cachedByFile<T>(path: string, how: readonly unknown[], decode: () => T): T {
  const key = JSON.stringify([resolve(path), ...how]);
  const stamp = stampOf(path);
  const known = entries.get(key);
  // One key is always decoded by one reader, so the value has that reader's type.
  if (known !== undefined && known.stamp === stamp) return known.value as T;
  const value = decode();
  entries.set(key, { stamp, value });
  return value;
}

/** Of a missing file, nothing: reading it then says what is wrong. */
function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.mtimeMs}:${stat.size}`;
}

import { statSync } from "node:fs";
import { resolve } from "node:path";

interface Entry {
  readonly stamp: string;
  readonly value: object;
  readonly bytes: number;
}

/** Decoded files, up to so many bytes; what was not used for longest is forgotten first. */
export class DecodedFiles {
  readonly #capacity: number;
  /** By files and the way of reading them, what was used last at the end. */
  readonly #entries = new Map<string, Entry>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /**
   * Decodes files once for each way of reading them; again when one has changed on disk.
   *
   * @param how the reader and its options, JSON
   */
  read<T extends object>(paths: readonly string[], how: readonly unknown[], decode: () => T): T {
    const key = JSON.stringify([paths.map((path) => resolve(path)), how]);
    const stamp = paths.map(stampOf).join();
    const known = this.#entries.get(key);
    this.#entries.delete(key);
    // One key is always decoded by one reader, so the value has that reader's type.
    const value = known?.stamp === stamp ? (known.value as T) : decode();
    this.#keep(key, { stamp, value, bytes: sizeOf(value) });
    return value;
  }

  /** Gives the memory of everything back. */
  forget(): void {
    this.#entries.clear();
  }

  #keep(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    let total = [...this.#entries.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [oldest, { bytes }] of this.#entries) {
      if (total <= this.#capacity) return;
      this.#entries.delete(oldest);
      total -= bytes;
    }
  }
}

/** Those of this process: 1 GiB, the training images of CIFAR-10 and some more. */
export const decodedFiles: DecodedFiles = new DecodedFiles(2 ** 30);

/** Arrays are all that counts of a dataset. */
function sizeOf(value: object): number {
  return Object.values(value).reduce((sum, part) => sum + (ArrayBuffer.isView(part) ? part.byteLength : 0), 0);
}

/** Of a missing file, nothing: reading it then says what is wrong. */
function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.mtimeMs}:${stat.size}`;
}

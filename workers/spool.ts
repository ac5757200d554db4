import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../src/artifacts/make-folder.ts";
import { writeWhole } from "../src/artifacts/whole-file.ts";
import { fromExactJson, toExactJson } from "../src/store/exact-json.ts";
import type { AttemptResult, Fence } from "../src/store/store.ts";
import type { Report } from "../src/trial/report.ts";

/** What an attempt left while its store was away. */
export interface KeptOutcome {
  readonly v: 1;
  /** Name and id of the study. */
  readonly study: string;
  readonly id: string;
  /** Where the study is, with a password masked. One folder may serve workers of several stores, one after the other. */
  readonly store: string;
  readonly number: number;
  readonly fence: Fence & { readonly token: string };
  /** Those that the store may not have, oriented. */
  readonly reports: readonly Report[];
  readonly result: AttemptResult;
}

const ENDING = ".outcome.json";

/**
 * A folder for outcomes that cannot be committed yet: one file for each attempt, seen whole or not at all. They outlive
 * their process, and the next worker with the same folder commits them. Only their owner may read them: the token in
 * one is the right to speak for its attempt.
 */
export class Spool {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async write(kept: KeptOutcome): Promise<void> {
    await makeFolder(this.#folder, 0o700);
    await writeWhole(this.#pathOf(kept), toExactJson(kept), 0o600);
  }

  async remove(kept: KeptOutcome): Promise<void> {
    await rm(this.#pathOf(kept), { force: true });
  }

  /** How many wait here. */
  async count(): Promise<number> {
    return (await this.#names()).length;
  }

  /** Everything that waits here. What is no outcome, such as half a file after a power cut, is left alone. */
  async list(): Promise<readonly KeptOutcome[]> {
    const outcomes: KeptOutcome[] = [];
    // One after the other: a long outage leaves more of them than a process may have files open.
    for (const name of await this.#names()) {
      const kept = await this.#read(name);
      if (kept !== null) outcomes.push(kept);
    }
    return outcomes;
  }

  async #names(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => name.endsWith(ENDING));
  }

  async #read(name: string): Promise<KeptOutcome | null> {
    try {
      const kept = fromExactJson(await readFile(join(this.#folder, name), "utf8"));
      return isKept(kept) ? kept : null;
    } catch {
      return null;
    }
  }

  #pathOf({ id, number, fence }: KeptOutcome): string {
    return join(this.#folder, `${encodeURIComponent(id)}-${number}-${fence.attempt}${ENDING}`);
  }
}

/** The folder is this user's own, so the version is all that can be wrong in a whole file. */
function isKept(value: unknown): value is KeptOutcome {
  return typeof value === "object" && value !== null && "v" in value && value.v === 1;
}

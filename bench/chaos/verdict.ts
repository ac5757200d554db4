import { readdirSync, readFileSync } from "node:fs";
import { Redis } from "ioredis";
import { DEFAULT_PREFIX, Keys } from "../../src/store/redis/server/keys.ts";

interface ArchivedTrial {
  readonly number: number;
  readonly state: string;
  readonly committedAt?: number;
}

interface Expected {
  readonly trials: number;
  /** What the study counts as pending: one more for each reservation, one less for each commit. */
  readonly pending: number;
}

/**
 * What is wrong with a study after the chaos: numbers that are missing or double, trials that are not complete, commits
 * that share a place in the order, and a second commit of a trial, which would overwrite the first.
 *
 * @param archive the document of `parzen export --study`
 */
export function faultsOf(archive: string, { trials, pending }: Expected): readonly string[] {
  const found: readonly ArchivedTrial[] = JSON.parse(archive).trials;
  const faults: string[] = [];
  const numbers = found.map(({ number }) => number);
  const isWhole = numbers.length === trials && numbers.every((number, index) => number === index);
  if (!isWhole) faults.push(`numbers are not 0..${trials - 1}, each once: ${numbers.length} trials`);
  const states = new Map<string, number>();
  for (const { state } of found) states.set(state, (states.get(state) ?? 0) + 1);
  if (states.get("complete") !== trials) faults.push(`states: ${JSON.stringify(Object.fromEntries(states))}`);
  const commits = found.map(({ committedAt }) => committedAt);
  if (new Set(commits).size !== commits.length) faults.push("two trials share a commit");
  if (pending !== 0) faults.push(`${trials} trials were committed ${trials - pending} times`);
  return faults;
}

/** What the one study of a server counts as pending. */
export async function pendingOf(port: number): Promise<number> {
  const client = new Redis({ port });
  const keys = new Keys(DEFAULT_PREFIX);
  const [id = ""] = await client.hvals(keys.studies);
  const pending = await client.hget(keys.study(id), "pending");
  client.disconnect();
  return Number(pending ?? Number.NaN);
}

/** Processes of a run that are still there, told by a variable of their environment. Linux only. */
export function leftOver(mark: string): readonly string[] {
  return readdirSync("/proc").flatMap((entry) => {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) return [];
    try {
      if (!readFileSync(`/proc/${entry}/environ`, "utf8").includes(`${mark}=`)) return [];
      return [`process ${entry} is left: ${readFileSync(`/proc/${entry}/cmdline`, "utf8").replaceAll("\0", " ")}`];
    } catch {
      return []; // it ended just now
    }
  });
}

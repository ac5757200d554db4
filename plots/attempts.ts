import type { StudyTrial } from "../src/study/study-trial.ts";
import type { DrawnStudy } from "./drawn-study.ts";

/** The last attempt of a trial, from its beginning to its end. */
export interface TrialAttempt {
  readonly trial: StudyTrial<unknown>;
  /** Milliseconds since the epoch; never after `toMs`. */
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The trials that have begun, by when. One that still runs goes on to the moment at which the study was read, or to where
 * its lease ended, after which nobody runs it any more.
 */
export function attemptsOf({ trials, readAtMs }: DrawnStudy): readonly TrialAttempt[] {
  const begun = trials.flatMap((trial): readonly TrialAttempt[] => {
    if (trial.state === "queued" || trial.startedAtMs === null) return [];
    const { startedAtMs: fromMs } = trial;
    const endedMs = trial.state === "running" ? Math.min(readAtMs, trial.leaseUntilMs) : trial.finishedAtMs;
    return [{ trial, fromMs, toMs: Math.max(fromMs, endedMs) }]; // the clock may have been set back
  });
  return begun.toSorted((a, b) => a.fromMs - b.fromMs);
}

/** Attempts that follow one another in the same place. */
export interface Row {
  /** Empty for further rows of the place above. */
  readonly name: string;
  readonly attempts: readonly TrialAttempt[];
}

/**
 * A row for each slot, host by host; where attempts of one overlap, since several processes had it, as many rows as it
 * takes. Trials of `ask()` had no slot and share the rows of their host.
 *
 * @param attempts by their beginning
 */
export function rowsOf(attempts: readonly TrialAttempt[]): readonly Row[] {
  const hosts = groupsOf(attempts, ({ trial }) => ("host" in trial ? trial.host : null) ?? "");
  const names = hostNames([...hosts.keys()]);
  return [...hosts].flatMap(([host, ofHost]) => {
    const slots = [...groupsOf(ofHost, slotOf)].sort(([a], [b]) => a - b);
    return slots.flatMap(([slot, ofSlot]) =>
      lanesOf(ofSlot).map((lane, index) => ({
        name: index === 0 ? nameOf(names.get(host), slot) : "",
        attempts: lane,
      })),
    );
  });
}

function groupsOf<T, K>(all: readonly T[], keyOf: (each: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return groups;
}

/** Comes after all slots. */
const NO_SLOT = Number.POSITIVE_INFINITY;

function slotOf({ trial }: TrialAttempt): number {
  return ("slot" in trial ? trial.slot : null) ?? NO_SLOT;
}

/** Nothing where there is only one; without their domains where these tell none from another. */
function hostNames(hosts: readonly string[]): ReadonlyMap<string, string> {
  if (hosts.length === 1) return new Map();
  const short = hosts.map((host) => host.replace(/\..*/s, ""));
  const isClear = new Set(short).size === hosts.length;
  return new Map(hosts.map((host, index) => [host, isClear ? (short[index] ?? host) : host]));
}

function nameOf(host: string | undefined, slot: number): string {
  const place = slot === NO_SLOT ? "asked" : `slot ${slot}`;
  return host === undefined ? place : `${host} ${place}`;
}

/** Each attempt in the first lane that is free by then. */
function lanesOf(attempts: readonly TrialAttempt[]): readonly (readonly TrialAttempt[])[] {
  const lanes: TrialAttempt[][] = [];
  for (const attempt of attempts) {
    const free = lanes.find((lane) => (lane.at(-1)?.toMs ?? 0) <= attempt.fromMs);
    if (free === undefined) lanes.push([attempt]);
    else free.push(attempt);
  }
  return lanes;
}

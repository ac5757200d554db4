import { createStudy, hp, type Study } from "../../src/index.ts";
import { memoryStore } from "../../src/store/memory.ts";
import type { Outcome } from "../../src/trial/outcome.ts";
import { CALLER_SLOT } from "../../src/trial/trial.ts";

/** One attempt of a trial, in seconds from the beginning. */
export interface TimedAttempt {
  readonly number: number;
  /** Null: with the caller of `ask()`. */
  readonly slot: number | null;
  readonly host?: string;
  readonly pid?: number;
  readonly from: number;
  /** Null: it runs. */
  readonly to: number | null;
  /** Default complete, with the loss 1. */
  readonly outcome?: Outcome;
}

/** When the study of `timedStudy` begins, in milliseconds since the epoch. */
export const BEGUN_MS = Date.UTC(2026, 0, 5, 9);
const LEASE_MS = 60_000;

/** A study whose trials ran when and where it is said, by the clock of its store. */
export async function timedStudy(name: string, attempts: readonly TimedAttempt[]): Promise<Study<unknown>> {
  let now = BEGUN_MS;
  const store = memoryStore({ now: () => now });
  const study = await createStudy({ name, space: { x: hp.uniform(0, 1) }, store });
  const numbers = [...new Set(attempts.map(({ number }) => number))];
  for (const number of numbers) await study.enqueue({ x: number / numbers.length });
  const fences = new Map<number, { readonly attempt: number; readonly token: string }>();
  for (const { at, of, isEnd } of eventsOf(attempts)) {
    now = BEGUN_MS + 1000 * at;
    const { number, slot, host = "here", pid = 1, outcome = { kind: "complete", losses: [1], metrics: {} } } = of;
    if (isEnd) {
      await store.commit(name, number, fences.get(number) ?? { attempt: 0 }, { outcome, log: "" });
      continue;
    }
    const holder = { host, pid, started: "then", slot: slot ?? CALLER_SLOT };
    const claimed = await store.claim(name, number, { holder, leaseMs: LEASE_MS, version: null });
    if (claimed.kind === "claimed") fences.set(number, { attempt: claimed.trial.attempt, token: claimed.token });
  }
  return study as Study<unknown>; // only read from here on
}

interface TimedEvent {
  readonly at: number;
  readonly of: TimedAttempt;
  readonly isEnd: boolean;
}

/** What ends at a moment comes before what begins then. */
function eventsOf(attempts: readonly TimedAttempt[]): readonly TimedEvent[] {
  const begins = attempts.map((of) => ({ at: of.from, of, isEnd: false }));
  const ends = attempts.flatMap((of) => (of.to === null ? [] : [{ at: of.to, of, isEnd: true }]));
  return [...ends, ...begins].toSorted((a, b) => a.at - b.at);
}

import assert from "node:assert/strict";
import { type ErrorCode, ParzenError } from "../../errors.ts";
import type { Fence, Reservation, Store } from "../../store/store.ts";
import type { StudySettings, StudySpec } from "../../store/study-record.ts";
import { DEFAULT_SETTINGS } from "../../study/settings.ts";
import type { Outcome } from "../../trial/outcome.ts";
import { CALLER_SLOT, type Holder, type RunningTrial, type Trial } from "../../trial/trial.ts";

/** A clock that stands still until it is moved, so that leases end without waiting. */
export interface ManualClock {
  readonly now: () => number;
  advance(milliseconds: number): void;
}

export function manualClock(): ManualClock {
  let nowMs = 1_700_000_000_000;
  return {
    now: () => nowMs,
    advance: (milliseconds) => {
      nowMs += milliseconds;
    },
  };
}

/** One law of the port. `store` is empty and has the clock. */
export interface StoreCheck {
  readonly name: string;
  run(store: Store, clock: ManualClock): Promise<void>;
}

export const STUDY = "a study";
export const LEASE_MS = 10_000;
export const HOLDER: Holder = { host: "here", pid: 12, started: "then", slot: 0 };
/** The caller of `ask()`. */
export const CALLER: Holder = { ...HOLDER, slot: CALLER_SLOT };
export const OTHER_HOLDER: Holder = { host: "there", pid: 34, started: "later", slot: 1 };

export function specOf(name: string): StudySpec {
  return {
    name,
    space: { x: { uniform: [-1, 1] }, kind: { choice: ["a", { type: "b", y: { lognormal: [0, 1] } }] } },
    fingerprint: "fingerprint",
    where: ["x < 0.99 or kind.type == 'b'", "kind.y < 9"],
    direction: "maximize",
    metric: "accuracy",
    seed: 7,
    sampler: { name: "tpe", version: 1, options: { gamma: 0.25 } },
    fidelity: { name: "epochs", min: 1, max: 27, eta: 3 },
  };
}

/** Those of a study for which nothing else was said. */
export const SETTINGS: StudySettings = DEFAULT_SETTINGS;

/** Creates the study that a check is about. */
export async function begin(store: Store, settings: Partial<StudySettings> = {}): Promise<void> {
  await store.createStudy(specOf(STUDY), { ...SETTINGS, ...settings });
}

/** A reservation of the next number for a configuration of its own. */
export function reservation(x: number, changes: Partial<Reservation> = {}): Reservation {
  return { expectedNumber: null, basis: 0, assignment: { x, kind: 0 }, memo: null, origin: "sampler", ...changes };
}

export async function reserve(store: Store, x: number, changes: Partial<Reservation> = {}): Promise<Trial> {
  const reserved = await store.reserve(STUDY, reservation(x, changes));
  assert.equal(reserved.kind, "reserved");
  return reserved.trial;
}

export interface Started {
  readonly number: number;
  readonly trial: RunningTrial;
  readonly fence: Fence & { readonly token: string };
}

/** Claims a queued trial. */
export async function claim(store: Store, number: number, holder: Holder = HOLDER): Promise<Started> {
  const claimed = await store.claim(STUDY, number, { holder, leaseMs: LEASE_MS, version: "v1" });
  assert.equal(claimed.kind, "claimed");
  return { number, trial: claimed.trial, fence: { attempt: claimed.trial.attempt, token: claimed.token } };
}

/** Reserves a trial and claims it. */
export async function start(store: Store, x = 0): Promise<Started> {
  return claim(store, (await reserve(store, x)).number);
}

/** Commits an outcome that must be taken. */
export async function end(store: Store, { number, fence }: Started, outcome: Outcome, log = ""): Promise<Trial> {
  const committed = await store.commit(STUDY, number, fence, { outcome, log });
  assert.equal(committed.kind, "committed");
  return committed.trial;
}

export const complete = (loss: number): Outcome => ({ kind: "complete", losses: [loss] });

/** The trial as others see it, of an expected state. */
export async function found<S extends Trial["state"]>(
  store: Store,
  number: number,
  state: S,
): Promise<Extract<Trial, { readonly state: S }>> {
  const trial = await store.findTrial(STUDY, number);
  assert.equal(trial.state, state);
  // The line above compared it.
  return trial as Extract<Trial, { readonly state: S }>;
}

export async function sequence(store: Store): Promise<number> {
  return (await store.snapshot(STUDY, Number.MAX_SAFE_INTEGER)).study.sequence;
}

export async function rejectsWith(
  promise: Promise<unknown>,
  code: ErrorCode,
  inMessage: string | RegExp = "",
): Promise<void> {
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof ParzenError, `expected a ParzenError, received ${String(error)}`);
    assert.equal(error.code, code);
    assert.ok(
      typeof inMessage === "string" ? error.message.includes(inMessage) : inMessage.test(error.message),
      error.message,
    );
    return true;
  });
}

import { ParzenError } from "../errors.ts";
import type { CompiledSpace } from "../space/compile.ts";
import { decode } from "../space/decode.ts";
import type { Store } from "../store/store.ts";
import { trialNotFound } from "../store/study-errors.ts";
import { checkOptions, type OptionLaws } from "../trial/option-check.ts";
import { checkReport, type Report, type Verdict } from "../trial/report.ts";
import { CALLER_SLOT, isAsked, type RunningTrial, type Trial } from "../trial/trial.ts";
import { commitOnce } from "./attempt/commit-once.ts";
import { thisHolder } from "./attempt/holder.ts";
import { recover } from "./attempt/recover.ts";
import { pauseFailing } from "./driver/pause.ts";
import { decides, type Pruning, prune } from "./driver/pruning.ts";
import type { ProposalSource } from "./proposal/proposals.ts";
import { trialSeed } from "./proposal/propose.ts";
import { outcomeOf, type Told } from "./told.ts";
import { orient, orientOutcome } from "./view/direction.ts";
import { mayRunQueued, stoppedBy } from "./view/stopping.ts";
import type { StudyView } from "./view/view.ts";

/** How an asked trial is held. */
export interface AskOptions {
  /** How long the caller may take before the trial counts as lost and is given out again; finite, from 1. Default one hour. */
  readonly leaseMs?: number;
}

/** A trial that belongs to whoever asked for it. */
export interface Asked<P> {
  readonly number: number;
  readonly params: P;
  /** For the trial's own randomness. */
  readonly seed: number;
}

/** What asking and telling work on. */
export interface AskTell {
  readonly store: Store;
  readonly view: StudyView;
  readonly space: CompiledSpace;
  readonly proposals: ProposalSource;
}

const HOUR_MS = 3_600_000;

const ASK_LAWS: OptionLaws = {
  leaseMs: {
    expected: "a finite number of milliseconds from 1",
    accepts: (value) => Number.isFinite(value) && Number(value) >= 1,
  },
};

/** @throws OPTION_INVALID */
export function checkAsk(options: AskOptions): void {
  checkOptions(options, ASK_LAWS);
}

/** The next trial, those queued first; `maxTrials` forbids new ones only. Null where a stop rule holds, or none is left. */
export async function ask<P>(parts: AskTell, { leaseMs = HOUR_MS }: AskOptions): Promise<Asked<P> | null> {
  const { store, view, space } = parts;
  for (;;) {
    const number = await nextNumber(parts);
    if (number === null) return null;
    const claim = { holder: thisHolder(CALLER_SLOT), leaseMs, version: null, whileRunning: true };
    const claimed = await store.claim(view.study.name, number, claim);
    await view.refresh(store);
    if (claimed.kind === "refused") continue;
    const params = decode(space, claimed.trial.assignment) as P; // the space is the one that P was inferred from
    return { number, params, seed: trialSeed(view.study, number) };
  }
}

async function nextNumber({ store, view, proposals }: AskTell): Promise<number | null> {
  await recover(store, view);
  const reason = stoppedBy(view, 0);
  if (reason === "failing") await pause(store, view);
  const [queued = null] = mayRunQueued(reason) ? view.queued() : [];
  if (queued !== null || reason !== null) return queued;
  const [proposed] = await proposals.next({ parallelism: 1, terms: { origin: "asked" } });
  return proposed?.kind === "reserved" ? proposed.trial.number : null;
}

/** As a driver does; not while a trial runs that may be better. */
async function pause(store: Store, view: StudyView): Promise<void> {
  if (view.pending().some(({ state }) => state === "running")) return;
  await pauseFailing(store, view);
  await view.refresh(store);
}

/** Commits what an asked trial came to. @throws TRIAL_NOT_FOUND, TRIAL_NOT_RUNNING, OPTION_INVALID */
export async function tell(parts: AskTell, number: number, told: Told): Promise<Trial> {
  const { store, view } = parts;
  const trial = await askedTrial(parts, number);
  const outcome = orientOutcome(view.study.direction, outcomeOf(told, trial.reports.at(-1)?.step ?? 0));
  const ending = { fence: { attempt: trial.attempt }, result: { outcome, log: "" } };
  const committed = await commitOnce(store, { study: view.study.name, number }, ending);
  if (committed.kind === "committed") return committed.trial;
  throw notRunning(number, "already told");
}

/**
 * Stores a report, in the study's own direction, of an asked trial, and judges it.
 *
 * @throws TRIAL_NOT_FOUND, TRIAL_NOT_RUNNING, OPTION_INVALID
 */
export async function reportAsked(parts: AskTell & Pruning, number: number, report: Report): Promise<Verdict> {
  const { store, view, pruner } = parts;
  checkReport(report.step, report.value, "study.report(number, step, value)");
  const { attempt } = await askedTrial(parts, number);
  const inward = { step: report.step, value: orient(view.study.direction, report.value) };
  const verdict = await store.report(view.study.name, number, { attempt }, [inward]);
  if (verdict === "stale") throw notRunning(number, "given out again");
  if (verdict !== "continue" || !decides(pruner)) return verdict;
  await view.refresh(store);
  return (await prune(parts, number, [inward])) === null ? "continue" : "prune";
}

/** A trial as it runs. One whose lease ended belongs to its caller again, unless somebody else has it by now. */
async function askedTrial(parts: AskTell, number: number): Promise<RunningTrial> {
  const { store, view } = parts;
  const name = view.study.name;
  const known = view.trials[number];
  if (known === undefined) throw trialNotFound(name, number);
  if (isWaitingAgain(known)) {
    await store.claim(name, number, { holder: thisHolder(CALLER_SLOT), leaseMs: HOUR_MS, version: null });
    await view.refresh(store);
  }
  const trial = view.trials[number] ?? known;
  if (trial.state !== "running") throw notRunning(number, trial.state);
  if (!isAsked(trial)) throw notRunning(number, "run by a driver");
  return trial;
}

/** Whether a trial that was given out waits for the next one to ask. What a driver proposed may have been lost in its slots. */
function isWaitingAgain({ state, lost, origin }: Trial): boolean {
  return state === "queued" && lost > 0 && origin !== "sampler";
}

function notRunning(number: number, state: string): ParzenError {
  return new ParzenError("TRIAL_NOT_RUNNING", `trial ${number} cannot be told: it is ${state}`, {
    hint: "Only a trial that ask() gave out, and that was not told yet, can be told; enqueue(params, { loss }) keeps other results.",
  });
}

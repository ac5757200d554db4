import type { Assignment } from "../space/assignment.ts";
import type { Json, JsonObject } from "./json.ts";
import type { FailureReason, Losses } from "./outcome.ts";
import type { Report } from "./report.ts";

/** Who chose the assignment: the sampler, a person, or the caller of `ask()`, to whom the trial then belongs. */
export type Origin = (typeof ORIGINS)[number];

export const ORIGINS = ["sampler", "enqueued", "asked"] as const;

/** What a proposal depended on beside the history, so that it can be made again. */
export interface TrialPlan {
  readonly maxTrials: number | null;
  readonly parallelism: number;
  /** How far trials had come that ran then, by number; left out where none had reported. */
  readonly running?: readonly RunningReport[];
}

/** The latest finite report of a trial that runs. */
export interface RunningReport extends Report {
  readonly number: number;
}

/** What every trial has, whatever its state. Losses and reports are oriented: lower is better. */
export interface TrialBase {
  readonly number: number;
  readonly assignment: Assignment;
  readonly fidelity?: number;
  readonly origin: Origin;
  /** The study's sequence that the proposal had seen. Replaying `propose` from it gives `assignment` again. */
  readonly basis: number;
  /** The study's sequence after this trial was reserved. */
  readonly reservedAt: number;
  readonly memo: Json;
  /** What the sampler was told of the search; null where none was asked. */
  readonly plan: TrialPlan | null;
  /** How often it was claimed; 0 before the first time. */
  readonly attempt: number;
  /** Losses that count against `maxLost`. */
  readonly lost: number;
  /** Errors that the objective threw and that were tried again. */
  readonly errors: number;
  /** Where it was lost, one entry for each loss that counts. */
  readonly hosts: readonly string[];
  readonly reports: readonly Report[];
  /** The step up to which its files hold what an attempt did; null where none was kept. */
  readonly checkpoint: number | null;
  /** Wall clock of the store. */
  readonly queuedAtMs: number;
}

/** Who runs a trial, so that another process can tell whether it still lives. */
export interface Holder {
  readonly host: string;
  readonly pid: number;
  /** Distinguishes a reused pid, by when the process started, and the containers and threads that share a name or pid. */
  readonly started: string;
  /** From 0; `CALLER_SLOT` where the trial belongs to whoever called `ask()`, in whatever process. */
  readonly slot: number;
}

/** The slot of a trial that no slot of ours runs. */
export const CALLER_SLOT = -1;

interface Started extends TrialBase {
  readonly holder: Holder;
  readonly startedAtMs: number;
  /** Hash of the objective that ran; null for a function in process. */
  readonly version: string | null;
}

interface Finished extends TrialBase {
  /** The study's sequence after the commit. */
  readonly committedAt: number;
  readonly holder: Holder | null;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number;
  readonly version: string | null;
  /** The last 64 kB of what it printed. */
  readonly log: string;
}

/** Holds a number and waits for a slot. */
export interface QueuedTrial extends TrialBase {
  readonly state: "queued";
}
/** Claimed by a slot. */
export interface RunningTrial extends Started {
  readonly state: "running";
  readonly verdict: "continue" | "prune" | "cancel";
  /** The checkpoint that this attempt began with. */
  readonly resumedFrom: number | null;
  /** When the holder's lease ends, by the store's clock; renewed while it lives. */
  readonly leaseUntilMs: number;
}
/** Has its losses. */
export interface CompleteTrial extends Finished {
  readonly state: "complete";
  readonly losses: Losses;
  readonly constraints?: readonly number[];
  readonly metrics: { readonly [name: string]: number };
  readonly attributes: JsonObject;
}
/** Stopped early at `step`. */
export interface PrunedTrial extends Finished {
  readonly state: "pruned";
  readonly step: number;
}
/** Gave nothing; `lost` where it was lost too often. */
export interface FailedTrial extends Finished {
  readonly state: "failed";
  readonly reason: FailureReason | "lost";
  readonly message: string;
}
/** Ended by a person. */
export interface CancelledTrial extends Finished {
  readonly state: "cancelled";
}

/** Trials without a result. */
export type PendingTrial = QueuedTrial | RunningTrial;
/** Trials that never change again. */
export type FinishedTrial = CompleteTrial | PrunedTrial | FailedTrial | CancelledTrial;

/** One evaluation of one params. `complete`, `pruned`, `failed` and `cancelled` never change again. */
export type Trial = PendingTrial | FinishedTrial;

/** The states by name. */
export type TrialState = Trial["state"];

/** Whether a running trial belongs to the caller of `ask()`. */
export function isAsked({ holder }: RunningTrial): boolean {
  return holder.slot === CALLER_SLOT;
}

/** Whether a trial has no result yet. */
export function isPending(trial: Trial): trial is PendingTrial {
  return trial.state === "queued" || trial.state === "running";
}

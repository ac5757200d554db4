import type { KnownCode } from "../../sweep/code/known-code.ts";
import type { Verdict } from "../../trial/report.ts";
import type { TrialTask } from "../../trial/task.ts";
import type { EarlyEnd } from "../ending.ts";
import type { Result } from "../result.ts";

/** Longest message of the protocol, in characters. */
export const MAX_MESSAGE: number = 1024 * 1024;

/** What a parent tells the child of its slot. `run` counts the trials of the child, so that a late message is known. */
export type ToChild =
  /** Comes first, and once: what the parent found the sweep's code to be. */
  | { readonly v: 1; readonly type: "load"; readonly known: KnownCode | null }
  | { readonly v: 1; readonly type: "run"; readonly run: number; readonly task: TrialTask; readonly directory: string }
  | { readonly v: 1; readonly type: "stop"; readonly run: number; readonly reason: EarlyEnd }
  | {
      readonly v: 1;
      readonly type: "verdict";
      readonly run: number;
      readonly report: number;
      readonly verdict: Verdict;
    }
  /** In place of a verdict: the files of a checkpoint cannot be kept. */
  | { readonly v: 1; readonly type: "unkept"; readonly run: number; readonly report: number; readonly message: string };

/** What a child tells its parent. */
export type ToParent =
  | { readonly v: 1; readonly type: "ready" }
  /** The sweep cannot be run: why, as a message. */
  | { readonly v: 1; readonly type: "refused"; readonly message: string }
  | {
      readonly v: 1;
      readonly type: "report";
      readonly run: number;
      /** Counts the reports and checkpoints of the run; the verdict names it. */
      readonly report: number;
      readonly step: number;
      readonly value: WireNumber;
    }
  /** The files of a checkpoint are written. */
  | {
      readonly v: 1;
      readonly type: "checkpoint";
      readonly run: number;
      readonly report: number;
      readonly step: number;
    }
  /** The trial was taken on. A child that dies before it says so was dying already. */
  | { readonly v: 1; readonly type: "started"; readonly run: number }
  | {
      readonly v: 1;
      readonly type: "done";
      readonly run: number;
      readonly result: Result;
      /** Resident memory in bytes. */
      readonly rss: number;
      /** Whether the child leaves now. */
      readonly isLast: boolean;
    };

/** JSON has no NaN and no infinities, but a report may be one. */
export type WireNumber = number | "NaN" | "Infinity" | "-Infinity";

export function toWire(value: number): WireNumber {
  if (Number.isNaN(value)) return "NaN";
  if (Number.isFinite(value)) return value;
  return value > 0 ? "Infinity" : "-Infinity";
}

export function fromWire(value: WireNumber): number {
  return Number(value);
}

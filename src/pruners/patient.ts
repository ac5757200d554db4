import { ParzenError, show } from "../errors.ts";
import { isObject } from "../space/object.ts";
import type { JsonObject } from "../trial/json.ts";
import type { Report } from "../trial/report.ts";
import {
  integerFrom,
  type OptionRule,
  orNull,
  resolveOptions,
  type WrappedSpec,
  wrapped,
  wrappedSpec,
} from "../trial/strategy-options.ts";
import type { Pruner } from "./pruner.ts";

/** Options of {@link patient}. */
export interface PatientOptions {
  /**
   * Reports, beside the newest, that all have to be worse than the best before them for a trial to be judged; a whole number
   * from 0 on. Default 3.
   */
  readonly patience?: number;
  /** How much worse than that best a report may be and still count as no worse, in units of the loss; 0 or above. Default 0. */
  readonly minDelta?: number;
}

/** @source Optuna 5.0's PatientPruner has no default patience; its min_delta is 0 */
const RULES = {
  patience: integerFrom(0, 3),
  minDelta: {
    default: 0,
    expected: "a number of at least 0",
    accepts: (value): value is number => typeof value === "number" && Number.isFinite(value) && value >= 0,
  } satisfies OptionRule<number>,
};

/**
 * Lets a trial go on unless its last `patience` + 1 reports are all worse than the best before them, by more than
 * `minDelta`. Only then does another pruner judge it; null prunes it. Equal reports are not worse, so that a trial that
 * stands still goes on.
 *
 * @throws ParzenError OPTION_INVALID
 * @source decides as Optuna 5.0's PatientPruner
 */
export function patient(pruner: Pruner | null, options: PatientOptions = {}): Pruner {
  checkInner(pruner);
  const settings = resolveOptions("patient", RULES, options);
  const inner = pruner === null ? null : { name: pruner.name, options: pruner.options };
  const wrapping = (wrapped: Pruner | null): Pruner => ({
    name: "patient",
    options: { ...settings, pruner: inner },
    judge(trial, others, plan) {
      if (!isStuck(trial.reports, settings)) return "continue";
      return wrapped === null ? "prune" : wrapped.judge(trial, others, plan);
    },
    check: (plan) => wrapped?.check?.(plan),
    turned: () => wrapping(wrapped?.turned?.() ?? wrapped),
  });
  return wrapping(pruner);
}

/** The argument may come from a caller without types. */
function checkInner(pruner: unknown): void {
  if (pruner === null || (isObject(pruner) && typeof pruner["judge"] === "function")) return;
  throw new ParzenError(
    "OPTION_INVALID",
    `patient: expected a pruner such as median(), or null, received ${show(pruner)}`,
  );
}

/** What a patient is written down as. */
export interface PatientSpec {
  readonly options: PatientOptions;
  readonly pruner: WrappedSpec | null;
}

/** @throws ParzenError OPTION_INVALID */
export function patientSpec(given: JsonObject): PatientSpec {
  const rules = { ...RULES, pruner: orNull(wrapped("a pruner")) };
  const { pruner, ...options } = resolveOptions("patient", rules, given);
  return { options, pruner: pruner === null ? null : wrappedSpec(pruner) };
}

function isStuck(reports: readonly Report[], { patience, minDelta }: Required<PatientOptions>): boolean {
  if (reports.length <= patience + 1) return false;
  const turn = reports.length - patience - 1;
  const [before, after] = [leastOf(reports.slice(0, turn)), leastOf(reports.slice(turn))];
  return before + minDelta < after;
}

/** NaN where there is no number. */
function leastOf(reports: readonly Report[]): number {
  return reports.reduce((least, { value }) => (value >= least || Number.isNaN(value) ? least : value), Number.NaN);
}

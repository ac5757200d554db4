import type { StudyView } from "../../src/study/view/view.ts";
import { type FailureGroup, firstTrials, reasonPrefix } from "../../src/trial/failures.ts";
import type { StoreOption } from "../options/store-option.ts";
import { type Colors, out } from "../render/colors.ts";
import { count, figure, remaining } from "../render/figure.ts";
import { cut, lineWidth, pairs } from "../render/lines.ts";
import { goOnCommand, sameStore } from "./go-on.ts";
import type { Standing, StudyState } from "./study-state.ts";
import { bestLossOf, type Counts, countsText, finishedCount, totalOf } from "./study-view.ts";

/** Most groups of failures that a screen shows. */
const SHOWN_FAILURES = 10;

/** How a study stands, as `status` shows it. */
export interface Status {
  readonly view: StudyView;
  readonly standing: Standing;
  readonly counts: Counts;
  readonly failures: readonly FailureGroup[];
  readonly etaMs: number | null;
  /** Its name, and how it proposes where it says. */
  readonly sampler: string;
  /** Whether workers run its trials. */
  readonly isFleet: boolean;
}

/** For people. */
export function statusText(status: Status, options: StoreOption): string {
  const { view, standing, counts, failures } = status;
  const { name, metric } = view.study;
  const entries: [string, string][] = [
    ["trials", trialsLine(view, counts)],
    [`best ${metric}`, bestLine(view)],
    ["sampler", status.sampler],
    ["driver", driverLine(standing, status.isFleet)],
  ];
  if (standing.why !== null) entries.push(["why", standing.why]);
  if (status.etaMs !== null && status.etaMs > 0) entries.push(["ETA", remaining(status.etaMs)]);
  const next = nextCommand(view, standing, options);
  if (next !== null) entries.push(["go on", next]);
  const lines = [`${out.bold(name)}: ${paintState(standing.state, out)}`, "", pairs(entries)];
  if (failures.length > 0) lines.push("", out.dim("  failures"), ...failureLines(failures));
  return lines.join("\n");
}

function trialsLine({ study }: StudyView, counts: Counts): string {
  const total = totalOf(study) === null ? "" : ` of ${totalOf(study)}`;
  const detail = countsText(counts);
  return `${finishedCount(counts)}${total}${detail === "" ? "" : ` (${detail})`}`;
}

function bestLine(view: StudyView): string {
  const best = bestLossOf(view);
  return best === null ? "none: no trial is complete" : `${figure(best.loss)} (trial ${best.number})`;
}

function driverLine({ driver }: Standing, isFleet: boolean): string {
  if (driver === null) return "none";
  const { holder, slots } = driver;
  return `process ${holder.pid} on ${holder.host}, ${count(slots, "slot")}${isFleet ? " of workers" : ""}`;
}

/** The command that makes a study go on; null where it runs, or has nothing left to go on with. */
function nextCommand(view: StudyView, { state, driver }: Standing, options: StoreOption): string | null {
  if (state === "running") return null;
  if (state === "paused" && driver !== null) return sameStore(options, "resume", view.study.name);
  return goOnCommand(view, options);
}

/** A group in one line: how often, why, and the numbers of the first trials. */
function failureLine(group: FailureGroup): string {
  return `${group.trials.length} x ${reasonPrefix(group.reason)}${group.message} (${firstTrials(group)})`;
}

function failureLines(failures: readonly FailureGroup[]): readonly string[] {
  const shown = failures.slice(0, SHOWN_FAILURES).map((group) => `    ${cut(failureLine(group), lineWidth() - 4)}`);
  const more = failures.length - shown.length;
  return more > 0 ? [...shown, out.dim(`    and ${more} other messages`)] : shown;
}

function paintState(state: StudyState, colors: Colors): string {
  switch (state) {
    case "running":
    case "finished":
      return colors.green(state);
    case "failing":
      return colors.red(state);
    default:
      return colors.yellow(state);
  }
}

/** For programs. */
export function statusJson({ view, standing, counts, failures, etaMs, sampler }: Status): object {
  const { name, direction, metric, createdAtMs, tests } = view.study;
  const { state, why, driver } = standing;
  return {
    study: name,
    state,
    why,
    trials: { ...counts, finished: finishedCount(counts), total: totalOf(view.study) },
    metric,
    direction,
    best: bestLossOf(view),
    sampler,
    driver: driver === null ? null : { ...driver.holder, slots: driver.slots },
    etaMs,
    failures,
    tests,
    createdAtMs,
  };
}

import type { EndReason } from "../../src/study/view/stopping.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { failuresOf, reasonPrefix } from "../../src/trial/failures.ts";
import type { StoreOption } from "../options/store-option.ts";
import { type Best, bestJson } from "../render/best.ts";
import { err } from "../render/colors.ts";
import { count, duration } from "../render/figure.ts";
import { outputLine } from "../render/lines.ts";
import { goOnCommand } from "../study/go-on.ts";
import { whyStopped } from "../study/standing-reasons.ts";
import { countsOf, countsText, finishedCount } from "../study/study-view.ts";
import type { From } from "./from.ts";

/** How a run ended. */
export interface RunEnd {
  readonly reason: EndReason;
  /** False where there was nothing to do. */
  readonly didRun: boolean;
  readonly tookMs: number;
}

/** One line for people: `digits-mlp: all 100 trials are done (97 complete, 3 failed) in 3m12s`. */
export function endLine(view: StudyView, { reason, didRun, tookMs }: RunEnd): string {
  const took = didRun ? ` in ${duration(tookMs)}` : "";
  const known = countsText(countsOf(view)) || "no trial";
  return `${err.bold(view.study.name)}: ${whyStopped(reason, view)} (${known})${took}`;
}

/** Why a study keeps failing, and what to do, for people. */
export function failingText(view: StudyView, log: string, options: StoreOption): string {
  const [group] = failuresOf(view.trials);
  if (group === undefined) return "";
  const { message, reason, trials } = group;
  const what = `${reasonPrefix(reason)}${outputLine(message, err)}`;
  const lines = [err.red(`${count(trials.length, "trial")} failed with: ${what}`)];
  if (log !== "") lines.push(log);
  const next = goOnCommand(view, options);
  if (next !== null) lines.push(`after a fix, go on with: ${next}`);
  return lines.join("\n");
}

/** What a run showed, beside how it ended. */
interface Shown {
  readonly view: StudyView;
  readonly from: readonly From[];
}

/** The document of `run --json`. */
export function runJson({ view, from }: Shown, end: RunEnd, best: Best | null): object {
  const counts = countsOf(view);
  const { name, metric, direction, settings, seed, sampler } = view.study;
  return {
    study: name,
    reason: end.reason,
    trials: { ...counts, finished: finishedCount(counts), total: settings.maxTrials },
    metric,
    direction,
    seed,
    sampler: sampler.name,
    from,
    best: best === null ? null : bestJson(best),
    failures: failuresOf(view.trials),
    tookMs: end.didRun ? Math.round(end.tookMs) : 0,
  };
}

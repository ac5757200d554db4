import { failuresOf, firstTrials, reasonPrefix } from "../src/trial/failures.ts";
import type { TrialState } from "../src/trial/trial.ts";
import { checkPlottable, compareLosses, type DrawnStudy, type Plottable, readStudy, valued } from "./drawn-study.ts";
import { escaped, pageHtml, tableHtml } from "./html.ts";
import { PLOT_KINDS } from "./kinds.ts";
import { draw } from "./plot.ts";
import { paramsOf } from "./pointed.ts";
import { beginning, rounded } from "./text.ts";

/** How many of the best trials are listed, and of the messages with which others failed. */
const LISTED = 20;
const MESSAGES = 10;
/** As many letters of a message are shown. */
const LETTERS = 300;

/**
 * A study on one page: where it stands, its best configuration, why trials failed, every figure that `plot` can draw of
 * it, and its best trials. The text of an HTML file that needs nothing else and runs no script.
 *
 * @throws OPTION_INVALID for what is no study
 */
export async function report(study: Plottable): Promise<string> {
  checkPlottable(study);
  const drawn = await readStudy(study, ["importance", "dependence"]);
  const figures = PLOT_KINDS.flatMap((kind) => draw(drawn, kind) ?? []).map((svg) => `<figure>\n${svg}\n</figure>`);
  const parts = [
    `<h1>${escaped(drawn.name)}</h1>`,
    standing(drawn),
    bestHtml(drawn),
    failuresHtml(drawn),
    ...figures,
    listHtml(drawn),
  ];
  return pageHtml(drawn.name, parts.filter((part) => part !== "").join("\n"));
}

const STATES: readonly TrialState[] = ["complete", "pruned", "failed", "cancelled", "running", "queued"];

function standing({ trials, direction, metric }: DrawnStudy): string {
  const counts = STATES.map((state) => [amount(trials, state), state] as const).filter(([count]) => count > 0);
  const last = trials.reduce((latest, trial) => Math.max(latest, "finishedAtMs" in trial ? trial.finishedAtMs : 0), 0);
  const when = last > 0 ? ` The last result came at ${new Date(last).toISOString()}.` : "";
  const all = trials.length === 1 ? "1 trial" : `${trials.length} trials`;
  const ended = trials.length === 0 ? "no trial yet" : `${all}: ${counts.map((count) => count.join(" ")).join(", ")}`;
  return `<p>${escaped(`${direction} ${metric}; ${ended}.${when}`)}</p>`;
}

function amount(trials: DrawnStudy["trials"], wanted: TrialState): number {
  return trials.filter(({ state }) => state === wanted).length;
}

function bestHtml(study: DrawnStudy): string {
  const { best } = study;
  if (best === null) return "<p>No trial is complete yet.</p>";
  const metrics = Object.entries(best.metrics).filter(([name]) => name !== study.metric);
  const taken = study.tests.find((test) => test.trial === best.number)?.metrics ?? {};
  const tests = Object.entries(taken).map(([name, figure]) => [`test ${name}`, figure] as const);
  const figures = [[study.metric, best.loss] as const, ...metrics, ...tests].map(([name, figure]) => [
    name,
    rounded(figure),
  ]);
  return `<h2>The best is trial ${best.number}</h2>\n${tableHtml([...figures, ...paramsOf(study.space, best)])}`;
}

/** Nothing where none failed. */
function failuresHtml({ trials }: DrawnStudy): string {
  const groups = failuresOf(trials);
  if (groups.length === 0) return "";
  const failed = amount(trials, "failed");
  const rows = groups.slice(0, MESSAGES).map((group) => {
    const message = beginning(`${reasonPrefix(group.reason)}${group.message}`, LETTERS);
    return [String(group.trials.length), message, firstTrials(group)];
  });
  const others = groups.length - rows.length;
  const more = others === 0 ? "" : `\n<p>${others} more ${others === 1 ? "message" : "messages"}.</p>`;
  const head = `<h2>Why ${failed === 1 ? "a trial" : `${failed} trials`} failed</h2>`;
  return `${head}\n${tableHtml(rows, ["trials", "message", "which"])}${more}`;
}

function listHtml(study: DrawnStudy): string {
  const complete = valued(study).filter(({ trial }) => trial.state === "complete");
  if (complete.length === 0) return "";
  const ranked = complete.toSorted((a, b) => compareLosses(study.direction, a.value, b.value)).slice(0, LISTED);
  const params = ranked.map(({ trial }) => new Map(paramsOf(study.space, trial)));
  const paths = [...new Set(params.flatMap((row) => [...row.keys()]))];
  const rows = ranked.map(({ trial, value }, index) => [
    ...[String(trial.number), rounded(value)],
    ...paths.map((path) => params[index]?.get(path) ?? ""),
  ]);
  return `<h2>The best trials</h2>\n${tableHtml(rows, ["trial", study.metric, ...paths])}`;
}

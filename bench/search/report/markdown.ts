import type { Estimate } from "../statistics.ts";
import type { OptimizerComparison } from "./comparison.ts";
import type { Ranking } from "./ranking.ts";
import type { Summary } from "./summary.ts";
import type { TaskRow } from "./task-row.ts";
import type { TrialsToEqual } from "./trials-to-equal.ts";
import type { WorstTask } from "./worst-task.ts";

/** How the curves came about. */
export interface Circumstances {
  readonly date: string;
  readonly machine: string;
  readonly seeds: number;
  /** The first of them. */
  readonly firstSeed: number;
  readonly trials: number;
  readonly inFlight: number;
  /** Who has no curve that can be compared, only some of other lengths; see `comparable`. */
  readonly leftOut: readonly string[];
}

type Cell = string | number;

/** The report, for reading. */
export function markdown({ rankings, comparisons, worst, equallings, tasks }: Summary, at: Circumstances): string {
  const parts = [
    `# Search, ${at.inFlight} in flight`,
    `${at.date}, ${at.machine}. Our runs: ${at.seeds} seeds from ${at.firstSeed} on, ${at.trials} trials, ${at.inFlight} in flight.`,
    "Regret is (incumbent - optimum) / (median of random configurations - optimum), counted as 1e-4 where it is less and as 1 where it is more or nothing had a loss, its mean geometric. Brackets hold 95 % bootstrap intervals over seeds; fewer than three runs are left out.",
    ...(at.leftOut.length === 0
      ? []
      : [
          `Left out, since their runs are not of ${at.trials} trials, and with several in flight the first to end of a longer run knew more: ${at.leftOut.join(", ")}.`,
        ]),
    ...(rankings.length === 0 ? ["Nothing can be compared: nobody has three runs on a task."] : []),
    ...rankings.flatMap(rankingPart),
    ...comparisonPart(comparisons),
    ...worstPart(worst),
    ...equallingPart(equallings),
    ...taskPart(tasks),
  ];
  return `${parts.join("\n\n")}\n`;
}

function rankingPart({ after, tasks, rows, unranked }: Ranking): readonly string[] {
  const cells = rows.map(({ optimizer, rank, regret }) => [optimizer, interval(rank, 2), interval(regret, 4)]);
  const missing = `Not ranked, without three runs of so many trials on each of these tasks: ${unranked.join(", ")}.`;
  return [
    `## After ${after} trials, ${tasks.length} tasks`,
    table(["optimizer", "mean rank", "regret"], cells),
    ...(unranked.length === 0 ? [] : [missing]),
  ];
}

function comparisonPart(comparisons: readonly OptimizerComparison[]): readonly string[] {
  const cells = comparisons.map(({ ours, theirs, after, set, tasks, ratio, wins, worst }) => [
    ...[ours, theirs, after, `${set} (${tasks})`, interval(ratio, 3), interval(wins, 3)],
    `${worst.task} ${worst.ratio.toFixed(2)}`,
  ]);
  if (cells.length === 0) return [];
  const head = ["ours", "beside", "trials", "tasks", "regret ratio", "win rate", "worst task"];
  return ["## Beside the others", "A ratio below 1 and a win rate above 0.5 are ours.", table(head, cells)];
}

function worstPart(worst: readonly WorstTask[]): readonly string[] {
  const cells = worst.map(({ ours, after, task, theirs, ratio }) => [ours, after, task, theirs, ratio.toFixed(2)]);
  if (cells.length === 0) return [];
  const head = ["ours", "trials", "task", "best there", "regret ratio"];
  return ["## The worst task, beside whoever is best on each", table(head, cells)];
}

function equallingPart(equallings: readonly TrialsToEqual[]): readonly string[] {
  return equallings.flatMap(({ ours, theirs, trials, tasks, median }) => [
    `## Trials of ${ours} that equal ${trials} of ${theirs}`,
    table(
      ["task", "trials"],
      [...Object.entries(tasks).map(([task, needed]) => [task, needed ?? "more"]), ["median", median ?? "more"]],
    ),
  ]);
}

function taskPart(rows: readonly TaskRow[]): readonly string[] {
  const names = [...new Set(rows.flatMap(({ medians }) => Object.keys(medians)))];
  if (names.length === 0) return [];
  const cells = rows.map(({ task, kind, medians }) => [
    ...[task, kind],
    ...names.map((name) => medians[name]?.toPrecision(2) ?? ""),
  ]);
  return [`## Median regret after ${rows[0]?.after} trials`, table(["task", "kind", ...names], cells)];
}

function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function interval({ value, low, high }: Estimate, digits: number): string {
  return `${value.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}

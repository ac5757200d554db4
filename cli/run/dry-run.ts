import { encode } from "../../src/space/encode.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import type { Json } from "../../src/trial/json.ts";
import { shellQuote } from "../invocation.ts";
import { type Colors, out } from "../render/colors.ts";
import { count, duration } from "../render/figure.ts";
import { cut, lineWidth, pairs } from "../render/lines.ts";
import { flatParams, paramsLine } from "../render/params.ts";
import { print, printJson } from "../render/print.ts";
import { fidelityEntries, sizeText, spaceTable, whereEntries } from "../render/space.ts";
import { trialCommand } from "../render/trial-command.ts";
import { fromLines } from "./from.ts";
import { gpusText } from "./gpus-text.ts";
import { type DryRun, type Existing, type Preview, previewOf } from "./preview.ts";

/** Shows what a run would do. Nothing is written. */
export async function showDryRun(dryRun: DryRun): Promise<void> {
  const preview = await previewOf(dryRun);
  if (dryRun.plan.flags.json) printJson(asJson(dryRun, preview));
  else print(asText(dryRun, preview, out));
}

function asText(dryRun: DryRun, { from, examples }: Preview, colors: Colors): string {
  const { sweep, name } = dryRun.plan;
  const shown = examples.map((params, index) => `  ${index}  ${paramsLine(flatParams(sweep.space, params))}`);
  const command = firstCommand(sweep, examples);
  return [
    `${colors.bold(name)}: a dry run, nothing is written`,
    "",
    pairs(entriesOf(dryRun).map(([key, value]) => [key, cut(value, lineWidth() - 13)])),
    "",
    spaceTable(sweep.space),
    "",
    colors.dim("first trials of a new study"),
    ...shown.map((line) => cut(line, lineWidth())),
    ...(command === null ? [] : ["", colors.dim("command of the first one"), `  ${command}`]),
    ...(from.length === 0 ? [] : ["", colors.dim("from other studies"), ...fromLines(from).map((line) => `  ${line}`)]),
  ].join("\n");
}

/** What a run would go by. */
function entriesOf({ plan, slots, existing, search }: DryRun): readonly [string, string][] {
  const { sweep, name, flags } = plan;
  const { sampler, seed, maxTrials, timeoutMs } = search;
  const gpus = gpusText(slots);
  const limit = timeoutMs === null ? "" : `, at most ${duration(timeoutMs)} a run`;
  return [
    ["sweep", sweep.file],
    sweep.command === null
      ? ["objective", "a function of this module"]
      : ["command", sweep.command.map(shellQuote).join(" ")],
    ...studyEntries(`${name} in ${flags.store}`, existing),
    ["goal", `${sweep.direction} ${sweep.metric}`],
    ["total", `${maxTrials === null ? "no limit" : count(maxTrials, "trial")}${limit}`],
    ["slots", slots.length === 0 ? "those of its workers" : `${slots.length}${gpus === null ? "" : `, GPUs ${gpus}`}`],
    ["sampler", `${sampler.name}, seed ${seed}`],
    ["pruner", plan.pruner.name],
    ...fidelityEntries(sweep),
    ["space", sizeText(sweep.space)],
    ...whereEntries(sweep),
  ];
}

/** Null for an objective that is no command, and where there is no first trial. Never cut: it can be typed as it stands. */
function firstCommand(sweep: LoadedSweep, [params]: readonly unknown[]): string | null {
  if (sweep.command === null || params === undefined) return null;
  return trialCommand(sweep.command, sweep, encode(sweep.space, params));
}

/** Whether the study is new, and what becomes of one that has its name. */
function studyEntries(where: string, existing: Existing | null): readonly [string, string][] {
  if (existing === null) return [["study", `${where}, new`]];
  const there = count(existing.trials, "trial");
  if (!existing.isReplaced) return [["study", `${where}, which holds ${there}`]];
  return [
    ["study", `${where}, new`],
    ["old study", `would be renamed, with its ${there}`],
  ];
}

function asJson({ plan, slots, existing, search }: DryRun, { from, examples }: Preview): object {
  const { sweep, name, flags } = plan;
  const { sampler, seed, maxTrials, timeoutMs } = search;
  return {
    dryRun: true,
    sweep: sweep.file,
    version: sweep.version,
    study: name,
    store: flags.store,
    existing,
    direction: sweep.direction,
    metric: sweep.metric,
    maxTrials,
    timeoutMs,
    slots: slots.length,
    sampler: sampler.name,
    seed,
    pruner: plan.pruner.name,
    fidelity: sweep.fidelity,
    space: sweep.source as Json, // a space is plain data
    where: sweep.where,
    from,
    examples: examples as Json, // decoded from a space, whose literals are JSON
  };
}

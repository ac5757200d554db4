import type { StoredStudy } from "../../src/study/stored-study.ts";
import type { StudyTrial } from "../../src/study/study-trial.ts";
import type { StoreOption } from "../options/store-option.ts";
import { out } from "../render/colors.ts";
import { duration, figure, moment } from "../render/figure.ts";
import { cut, outputLines, pairs } from "../render/lines.ts";
import { flatParams, rounded } from "../render/params.ts";
import { print, printJson } from "../render/print.ts";
import { table } from "../render/table.ts";
import { withStored } from "../study/study-argument.ts";
import { tookMs } from "../study/took.ts";
import { shortHash } from "../study/version-text.ts";
import { trialJson } from "./json.ts";
import { type KeptFiles, keptFiles } from "./kept-files.ts";

export interface ShowOptions extends StoreOption {
  readonly study?: string;
  readonly json?: boolean;
}

/** Lines of a trial's output that a screen shows. */
const LOG_LINES = 30;

/** Reports that a screen shows, the last ones. */
const REPORTS = 10;

/** The most of an attribute that a screen shows: why backends were refused is longer than a line. */
const ATTRIBUTE_CELLS = 1000;

/** `parzen trials show` */
export async function showTrial(number: number, options: ShowOptions): Promise<void> {
  await withStored(options, options.study, async (study, { metric }) => {
    const trial = await study.trial(number);
    const kept = await keptFiles(study, trial);
    if (options.json) printJson({ ...trialJson(trial), ...kept, log: "log" in trial ? trial.log : "" });
    else print(trialText(trial, { study, metric, kept }));
  });
}

interface Known {
  readonly study: StoredStudy;
  readonly metric: string;
  readonly kept: KeptFiles;
}

function trialText(trial: StudyTrial<unknown>, { study: { name, space }, metric, kept }: Known): string {
  const blocks = [
    `${out.bold(`${name} #${trial.number}`)}: ${trial.state}`,
    pairs([...factsOf(trial, metric), ...filesFact(kept)]),
    section("params", pairs(flatParams(space, trial.params).map(([path, value]) => [path, rounded(value)]))),
  ];
  if (trial.state === "complete") {
    blocks.push(section("metrics", pairs(Object.entries(trial.metrics).map(([key, value]) => [key, figure(value)]))));
    blocks.push(
      section("attributes", pairs(Object.entries(trial.attributes).map(([key, value]) => [key, cell(value)]))),
    );
  }
  blocks.push(section(`reports`, reportsText(trial)), section("output", logText(trial)));
  return blocks.filter((block) => block !== "").join("\n\n");
}

function factsOf(trial: StudyTrial<unknown>, metric: string): readonly (readonly [string, string])[] {
  const facts: [string, string][] = [];
  if (trial.state === "complete") facts.push([metric, out.green(String(trial.loss))]);
  if (trial.state === "failed") facts.push([trial.reason, outputLines(trial.message, out).map(out.red).join("\n")]);
  if (trial.state === "pruned") facts.push(["pruned", `at step ${trial.step}`]);
  facts.push(...timesOf(trial), ["attempts", String(trial.attempt)]);
  if ("host" in trial && trial.host !== null) facts.push(["host", trial.host]);
  if ("version" in trial && trial.version !== null) facts.push(["version", shortHash(trial.version)]);
  return facts;
}

/** A store keeps the times of the last attempt only: of a trial that ran again, nobody knows when it was proposed. */
function timesOf(trial: StudyTrial<unknown>): readonly [string, string][] {
  const { attempt, queuedAtMs } = trial;
  const startedAtMs = "startedAtMs" in trial ? trial.startedAtMs : null;
  const ranBefore = attempt > (startedAtMs === null ? 0 : 1);
  const by = `by ${proposer(trial)}`;
  const facts: [string, string][] = [["proposed", ranBefore ? by : `${moment(queuedAtMs)}, ${by}`]];
  if (ranBefore) facts.push(["queued again", moment(queuedAtMs)]);
  if (startedAtMs !== null) facts.push(["started", moment(startedAtMs)]);
  const took = tookMs(trial);
  if (took !== null) facts.push(["took", `${duration(took)}${ranBefore ? ` in attempt ${attempt}` : ""}`]);
  return facts;
}

function filesFact({ folder, files }: KeptFiles): readonly (readonly [string, string])[] {
  if (files.length === 0) return [];
  return [["files", files.join(", ") + (folder === null ? ", in the store" : ` in ${folder}`)]];
}

function proposer({ origin }: StudyTrial<unknown>): string {
  switch (origin) {
    case "sampler":
      return "the sampler";
    case "enqueued":
      return "a person (enqueued)";
    case "asked":
      return "the sampler, for a caller of ask()";
  }
}

function reportsText({ reports }: StudyTrial<unknown>): string {
  if (reports.length === 0) return "";
  const rows = reports.slice(-REPORTS).map(({ step, value }) => [String(step), figure(value)]);
  const drawn = table(
    [
      { title: "  step", align: "right" },
      { title: "value", align: "right" },
    ],
    rows,
  );
  const left = reports.length - rows.length;
  return left > 0 ? `${drawn}\n  ${out.dim(`and ${left} before them (--json)`)}` : drawn;
}

function logText(trial: StudyTrial<unknown>): string {
  const log = "log" in trial ? trial.log.trimEnd() : "";
  const lines = outputLines(log, out);
  const left = lines.length - LOG_LINES;
  const shown = lines.slice(-LOG_LINES).map((line) => `  ${line}`);
  if (left > 0) shown.unshift(`  ${out.dim(`${left} lines before these (--json)`)}`);
  return log === "" ? "" : shown.join("\n");
}

function section(title: string, body: string): string {
  return body === "" ? "" : `${out.dim(title)}\n${body}`;
}

function cell(value: unknown): string {
  return cut(typeof value === "string" ? value : JSON.stringify(value), ATTRIBUTE_CELLS);
}

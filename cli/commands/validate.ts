import type { LoadedSweep } from "../../src/sweep/load.ts";
import { SweepError } from "../../src/sweep/sweep-error.ts";
import { EXIT } from "../exit.ts";
import { commandLine } from "../invocation.ts";
import { printable } from "../render/controls.ts";
import { count } from "../render/figure.ts";
import { pairs } from "../render/lines.ts";
import { print, say } from "../render/print.ts";
import { fidelityEntries, sizeText, spaceTable, whereEntries } from "../render/space.ts";
import { shortHash } from "../study/version-text.ts";
import { checkObjective } from "../sweep/check-objective.ts";
import { missingProgram } from "../sweep/program-file.ts";
import { missingScript } from "../sweep/script-file.ts";
import { unsearched } from "../sweep/unsearched.ts";
import type { Register } from "./register.ts";

export const registerValidate: Register = (program, finish): void => {
  program
    .command("validate")
    .description("Check a sweep without running it: its faults with their lines, or a summary.")
    .argument("<sweep>", "a file, or the name of a sweep that ships")
    .action(async (typed: string) => {
      if (!(await validate(typed))) finish(EXIT.usage);
    });
};

/** @returns whether the sweep can be run */
async function validate(typed: string): Promise<boolean> {
  const { findSweep } = await import("../../src/sweep/find.ts");
  const { loadSweep } = await import("../../src/sweep/load.ts");
  const { whileLoading } = await import("../sweep/while-loading.ts");
  const { checkSampler } = await import("../sweep/check-sampler.ts");
  const { checkNewSpace } = await import("../sweep/check-new-space.ts");
  const file = await findSweep(typed);
  try {
    const sweep = await whileLoading(file, () => loadSweep(file));
    await checkNewSpace(sweep);
    await checkSampler(sweep);
    await checkObjective(sweep, sweep.seed);
    print(await summaryOf(sweep));
    await warnOfFiles(sweep);
    for (const constant of unsearched(sweep)) say(`warning: ${constant}`);
    say(`Run it with: ${commandLine("run", typed)}`);
    return true;
  } catch (error) {
    if (!(error instanceof SweepError)) throw error;
    const { allFaults, faultsText } = await import("../sweep/sweep-faults.ts");
    say(printable(`error: ${faultsText(await whileLoading(file, () => allFaults(file, error)))}`));
    return false;
  }
}

/** A program that is not here, or its script, may well be on the machine that runs the sweep. */
async function warnOfFiles(sweep: LoadedSweep): Promise<void> {
  const script = await missingScript(sweep);
  const missing = (await missingProgram(sweep)) ?? (script && `expected ${script.expected}, received ${script.script}`);
  if (missing !== null) say(`warning: command: ${missing}; none of its trials can run here`);
}

async function summaryOf(sweep: LoadedSweep): Promise<string> {
  const { name, space, direction, metric, maxTrials, slots, sampler, pruner, seed, version } = sweep;
  const entries: [string, string][] = [
    ["name", name],
    ["space", `${count(space.dimensions.length, "dimension")}, ${sizeText(space)}`],
    ...whereEntries(sweep),
    ["objective", await objectiveLine(sweep)],
    ["loss", `${direction} ${metric}`],
    ["trials", `${maxTrials}, ${count(slots, "slot")}`],
    ["sampler", `${sampler.name}, seed ${seed}`],
    ["pruner", pruner.name],
    ...fidelityEntries(sweep),
    ["version", shortHash(version)],
  ];
  return `${name} can be run.\n\n${pairs(entries)}\n\n${spaceTable(space)}`;
}

/** What one trial runs: for a command, with params that may come first. */
async function objectiveLine(sweep: LoadedSweep): Promise<string> {
  const { command, space, defaults, seed, objective } = sweep;
  if (command === null) return typeof objective === "function" ? "a function" : "evaluate and test";
  const { trialCommand } = await import("../render/trial-command.ts");
  const { drawConfiguration } = await import("../../src/samplers/prior.ts");
  const { stream } = await import("../../src/random/stream.ts");
  return trialCommand(command, sweep, defaults ?? drawConfiguration(space, stream(seed, 0)));
}

import type { Command } from "commander";
import { integerFrom, readPath, repeatable } from "../options/option-value.ts";
import { addStoreOption } from "../options/store-option.ts";
import { type FilesOptions, trialFiles } from "../trials/files.ts";
import { type ListOptions, listTrials } from "../trials/list.ts";
import { type ShowOptions, showTrial } from "../trials/show.ts";
import type { Finish } from "./register.ts";

export function registerTrials(program: Command, finish: Finish): void {
  const trials = program.command("trials").description("List the trials of a study, show one, or fetch its files.");
  registerTrialsList(trials);
  registerTrialsShow(trials);
  registerTrialsFiles(trials, finish);
}

function registerTrialsList(trials: Command): void {
  const command = trials
    .command("list")
    .description("List the trials of a study.")
    .argument("[study]", "its name; not needed where the store holds only one")
    .option("--state <states>", "only these, separated by commas, e.g. complete,failed")
    .option("--filter <comparison>", "only those that it holds for, e.g. 'loss<0.1'; may be repeated", repeatable)
    .option("--sort <column>", "by a column: loss with the best first, others ascending; -column turns it round")
    .option("--columns <names>", "these columns, separated by commas, e.g. number,loss,lr,accuracy")
    .option("--limit <n>", "the first n", integerFrom(1))
    .option("--json", "one JSON array on stdout")
    .action((study: string | undefined, options: ListOptions) => listTrials(study, options));
  addStoreOption(command);
}

function registerTrialsShow(trials: Command): void {
  const command = trials
    .command("show")
    .description("Show everything about one trial.")
    .argument("<number>", "its number", integerFrom(0))
    .option("--study <name>", "its study; not needed where the store holds only one")
    .option("--json", "one JSON object on stdout")
    .action((number: number, options: ShowOptions) => showTrial(number, options));
  addStoreOption(command);
}

function registerTrialsFiles(trials: Command, finish: Finish): void {
  const command = trials
    .command("files")
    .description("Name the files that a trial kept, or copy them to a folder.")
    .argument("[number]", "its number; the best trial without one", integerFrom(0))
    .option("--study <name>", "its study; not needed where the store holds only one")
    .option("-o, --output <folder>", "copy them there", readPath)
    .action((number: number | undefined, options: FilesOptions) => trialFiles(number, options, finish));
  addStoreOption(command);
}

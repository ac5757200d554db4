import type { Command } from "commander";
import { LEAST_TRIALS } from "../../src/importance/importance.ts";
import { EXIT } from "../exit.ts";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";
import { importanceText } from "../render/importance.ts";
import { print, printJson, say } from "../render/print.ts";
import { withStored } from "../study/study-argument.ts";
import type { Finish } from "./register.ts";

interface ImportanceOptions extends StoreOption {
  readonly json?: boolean;
}

export function registerImportance(program: Command, finish: Finish): void {
  const command = program
    .command("importance")
    .description("Show which params of a study matter, as far as its trials tell.")
    .argument("[study]", "its name; not needed where the store holds only one")
    .option("--json", "one JSON object on stdout")
    .action((name: string | undefined, options: ImportanceOptions) => showImportance(name, options, finish));
  addStoreOption(command);
}

async function showImportance(name: string | undefined, options: ImportanceOptions, finish: Finish): Promise<void> {
  await withStored(options, name, async (study, record) => {
    const importance = await study.importance();
    if (importance === null) {
      say(`study "${record.name}" has fewer than ${LEAST_TRIALS} trials with a loss, which is too few to tell`);
      if (options.json) print("null");
      return finish(EXIT.failed);
    }
    if (options.json) printJson({ study: record.name, ...importance });
    else print(importanceText(record.name, importance));
  });
}

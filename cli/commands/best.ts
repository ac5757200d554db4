import { type Command, Option } from "commander";
import { ParzenError } from "../../src/errors.ts";
import { EXIT } from "../exit.ts";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";
import { type Best, bestJson, bestOf, bestText } from "../render/best.ts";
import { paramsArgs } from "../render/params.ts";
import { print, say } from "../render/print.ts";
import { sameStore } from "../study/go-on.ts";
import { withStored } from "../study/study-argument.ts";
import type { Finish } from "./register.ts";

const FORMATS = ["table", "json", "yaml", "args"] as const;

interface BestOptions extends StoreOption {
  readonly format: (typeof FORMATS)[number];
  readonly json?: boolean;
}

export function registerBest(program: Command, finish: Finish): void {
  const command = program
    .command("best")
    .description("Show the best configuration of a study.")
    .argument("[study]", "its name; not needed where the store holds only one")
    .addOption(new Option("--format <format>", "args: as arguments of a program").choices(FORMATS).default("table"))
    .addOption(new Option("--json", "the same as --format json").implies({ format: "json" }))
    .action((name: string | undefined, options: BestOptions) => showBest(name, options, finish));
  addStoreOption(command);
}

async function showBest(name: string | undefined, options: BestOptions, finish: Finish): Promise<void> {
  if (options.json && options.format !== "json") {
    throw new ParzenError("OPTION_INVALID", `best: --json and --format ${options.format} contradict each other`, {
      hint: "Leave one of them out.",
    });
  }
  await withStored(options, name, async (study, record) => {
    const trial = await study.best();
    if (trial === null) {
      say(`study "${record.name}" has no complete trial yet; see ${sameStore(options, "status", record.name)}`);
      if (options.format === "json") print("null");
      return finish(EXIT.failed);
    }
    print(await bestAs(bestOf(study, record, trial), options.format));
  });
}

async function bestAs(best: Best, format: BestOptions["format"]): Promise<string> {
  switch (format) {
    case "table":
      return bestText(best);
    case "json":
      return JSON.stringify(bestJson(best), null, 2);
    case "yaml": {
      const { stringify } = await import("yaml"); // every other command can do without
      return stringify(bestJson(best)).trimEnd();
    }
    case "args":
      return paramsArgs(best.params);
  }
}

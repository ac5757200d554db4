import type { Command } from "commander";
import { integerFrom, readInspectorAddress } from "../options/option-value.ts";
import { addStoreOption } from "../options/store-option.ts";
import type { RerunOptions } from "../rerun/rerun.ts";
import type { Finish } from "./register.ts";

export function registerRerun(program: Command, finish: Finish): void {
  const command = program
    .command("rerun")
    .description("Run one trial again, here and now, with its params and seed. Nothing is stored.")
    .argument("<study>", "its name")
    .argument("<number>", "of the trial", integerFrom(0))
    .option("--inspect [host:port]", "start it under the inspector, which waits for a debugger", readInspectorAddress)
    .option("--sweep <sweep>", "where the sweep is now, if it moved")
    .action(async (study: string, number: number, options: RerunOptions) => {
      const { rerun } = await import("../rerun/rerun.ts"); // loads what no other command needs
      finish(await rerun(study, number, options));
    });
  addStoreOption(command);
}

import type { Command } from "commander";
import { inJsonLog } from "../render/json-log.ts";
import { addRunFlags, type RunFlags } from "../run/flags.ts";
import type { Finish } from "./register.ts";

export function registerRun(program: Command, finish: Finish): void {
  const command = program
    .command("run")
    .description("Run a sweep, or go on with it: search, then test the best configuration once.")
    .argument("<sweep>", "path of a sweep, or the name of one that ships, such as digits-mlp");
  addRunFlags(command).action(async (sweep: string, flags: RunFlags) => {
    const { runSweep } = await import("../run/run.ts"); // loads what no other command needs
    finish(await inJsonLog(flags.logJson === true, () => runSweep(sweep, flags)));
  });
}

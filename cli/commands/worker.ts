import type { Command } from "commander";
import { inJsonLog } from "../render/json-log.ts";
import { addWorkerFlags, type WorkerFlags } from "../worker/flags.ts";
import type { Finish } from "./register.ts";

export function registerWorker(program: Command, finish: Finish): void {
  const command = program
    .command("worker")
    .description("Serve trials of sweeps to the studies of a Redis store, until told to end.")
    .argument("<sweeps...>", "paths of sweeps, or names of ones that ship");
  addWorkerFlags(command).action(async (sweeps: readonly string[], flags: WorkerFlags) => {
    const { serve } = await import("../worker/serve.ts"); // loads what no other command needs
    finish(await inJsonLog(flags.logJson === true, () => serve(sweeps, flags)));
  });
}

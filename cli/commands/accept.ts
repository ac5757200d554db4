import type { Command } from "commander";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";

export function registerAccept(program: Command): void {
  const command = program
    .command("accept")
    .description("Adopt the objective's new code, from the next trial on.")
    .argument("<study>", "its name")
    .argument("<sweep>", "path of the sweep as it is now")
    .action(async (study: string, sweep: string, options: StoreOption) => {
      const { accept } = await import("../run/accept.ts"); // loads what no other command needs
      await accept(study, sweep, options);
    });
  addStoreOption(command);
}

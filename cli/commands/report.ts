import type { Command } from "commander";
import { addOutputOption, type OutputOption, writeOutput } from "../options/output-file.ts";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";
import { withStored } from "../study/study-argument.ts";

type ReportOptions = StoreOption & OutputOption;

export function registerReport(program: Command): void {
  const command = program
    .command("report")
    .description("Write a study as one HTML page: its best configuration, its figures, its best trials.")
    .argument("[study]", "its name; not needed where the store holds only one")
    .action((name: string | undefined, options: ReportOptions) => reportStudy(name, options));
  addStoreOption(addOutputOption(command));
}

async function reportStudy(name: string | undefined, options: ReportOptions): Promise<void> {
  await withStored(options, name, async (study) => {
    const { report } = await import("../../plots/report.ts"); // the charting library, which nothing else needs
    await writeOutput(options, await report(study));
  });
}

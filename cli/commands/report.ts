import type { Command } from "commander";
import { ParzenError } from "../../src/errors.ts";
import { readPort } from "../options/option-value.ts";
import { addOutputOption, type OutputOption, writeOutput } from "../options/output-file.ts";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";
import { withStored } from "../study/study-argument.ts";
import type { Finish } from "./register.ts";

interface ReportOptions extends StoreOption, OutputOption {
  readonly serve?: number;
}

export function registerReport(program: Command, finish: Finish): void {
  const command = program
    .command("report")
    .description("Write a study as one HTML page: its best configuration, its failures, its figures, its best trials.")
    .argument("[study]", "its name; not needed where the store holds only one")
    .option("--serve <port>", "show it to browsers of this machine, as the study goes on, until Ctrl-C", readPort)
    .action((name: string | undefined, options: ReportOptions) => reportStudy(name, options, finish));
  addStoreOption(addOutputOption(command));
}

async function reportStudy(name: string | undefined, options: ReportOptions, finish: Finish): Promise<void> {
  const { serve: port } = options;
  if (port !== undefined && options.output !== undefined) {
    throw new ParzenError("OPTION_INVALID", "report: --serve and --output contradict each other", {
      hint: "Leave one of them out.",
    });
  }
  await withStored(options, name, async (study) => {
    if (port !== undefined) {
      const { serveReport } = await import("../report/serve.ts");
      return finish(await serveReport(study, port));
    }
    const { report } = await import("../../plots/report.ts"); // the charting library, which nothing else needs
    await writeOutput(options, await report(study));
  });
}

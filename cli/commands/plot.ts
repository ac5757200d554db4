import { Argument, type Command } from "commander";
import { PLOT_KINDS, type PlotKind } from "../../plots/kinds.ts";
import { readNames } from "../options/option-value.ts";
import { addOutputOption, type OutputOption, writeOutput } from "../options/output-file.ts";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";
import { withStored } from "../study/study-argument.ts";

interface PlotFlags extends StoreOption, OutputOption {
  readonly params?: readonly string[];
}

export function registerPlot(program: Command): void {
  const command = program
    .command("plot")
    .description("Draw a study as an SVG file.")
    .addArgument(new Argument("<kind>", "what is to be seen").choices(PLOT_KINDS))
    .argument("[study]", "its name; not needed where the store holds only one")
    .option("--params <paths>", "of a contour: two to four params, separated by commas", readNames)
    .action((kind: PlotKind, name: string | undefined, options: PlotFlags) => plotStudy(kind, name, options));
  addStoreOption(addOutputOption(command));
}

async function plotStudy(kind: PlotKind, name: string | undefined, options: PlotFlags): Promise<void> {
  await withStored(options, name, async (study) => {
    const { plot } = await import("../../plots/plot.ts"); // the charting library, which nothing else needs
    const { params } = options;
    await writeOutput(options, await plot(study, kind, params === undefined ? {} : { params }));
  });
}

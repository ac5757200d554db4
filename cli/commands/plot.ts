import { Argument, type Command } from "commander";
import { PLOT_KINDS, type PlotKind } from "../../plots/kinds.ts";
import { addOutputOption, type OutputOption, writeOutput } from "../options/output-file.ts";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";
import { withStored } from "../study/study-argument.ts";

type PlotOptions = StoreOption & OutputOption;

export function registerPlot(program: Command): void {
  const command = program
    .command("plot")
    .description("Draw a study as an SVG file.")
    .addArgument(new Argument("<kind>", "what is to be seen").choices(PLOT_KINDS))
    .argument("[study]", "its name; not needed where the store holds only one")
    .action((kind: PlotKind, name: string | undefined, options: PlotOptions) => plotStudy(kind, name, options));
  addStoreOption(addOutputOption(command));
}

async function plotStudy(kind: PlotKind, name: string | undefined, options: PlotOptions): Promise<void> {
  await withStored(options, name, async (study) => {
    const { plot } = await import("../../plots/plot.ts"); // the charting library, which nothing else needs
    await writeOutput(options, await plot(study, kind));
  });
}

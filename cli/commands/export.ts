import type { Command } from "commander";
import { ParzenError } from "../../src/errors.ts";
import { formatArchive } from "../../src/store/archive.ts";
import { commandLine } from "../invocation.ts";
import { addOutputOption, type OutputOption, writeOutput } from "../options/output-file.ts";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";
import { withStored } from "../study/study-argument.ts";
import { withoutLog } from "../trials/json.ts";
import { trialRows } from "../trials/rows.ts";

interface ExportOptions extends StoreOption, OutputOption {
  /** The name after `--study`; true where none was given. */
  readonly study?: string | true;
}

export function registerExport(program: Command): void {
  const command = program
    .command("export")
    .description("Write the trials of a study as csv or json, or with --study the whole study for `import`.")
    .argument("[format]", "csv or json")
    .argument("[study]", "its name; not needed where the store holds only one")
    .option("--study [name]", "everything, with reports, logs and files, so that another store can import it")
    .action(exportStudy);
  addStoreOption(addOutputOption(command));
}

async function exportStudy(
  format: string | undefined,
  name: string | undefined,
  options: ExportOptions,
): Promise<void> {
  if (options.study !== undefined) return exportArchive(format, name, options);
  if (format !== "csv" && format !== "json") {
    throw new ParzenError("OPTION_INVALID", `export: expected csv, json or --study, received ${format ?? "nothing"}`, {
      hint: `For example: ${commandLine("export", "csv", "-o", "trials.csv")}`,
    });
  }
  await withStored(options, name, async (study) => {
    const trials = await study.trials();
    if (format === "json") return writeOutput(options, `${JSON.stringify(trials.map(withoutLog), null, 2)}\n`);
    const { stringify } = await import("csv-stringify/sync");
    const { titles, rows } = trialRows(trials, study.space);
    const cast = { boolean: String };
    return writeOutput(options, stringify([[...titles], ...rows.map((row) => [...row])], { cast }));
  });
}

async function exportArchive(
  format: string | undefined,
  name: string | undefined,
  options: ExportOptions,
): Promise<void> {
  const names = [options.study, format, name].filter((each) => typeof each === "string");
  if (names.length > 1) {
    throw new ParzenError("OPTION_INVALID", `export --study: expected one study, received ${names.join(", ")}`, {
      hint: `For example: ${commandLine("export", "--study", "digits", "-o", "digits.json")}`,
    });
  }
  await withStored(options, names[0], async ({ store }, record) => {
    await writeOutput(options, formatArchive(await store.exportStudy(record.name)));
  });
}

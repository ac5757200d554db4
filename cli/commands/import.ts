import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import type { Command } from "commander";
import { ParzenError, systemReason, thrownMessage } from "../../src/errors.ts";
import { parseArchive } from "../../src/store/archive.ts";
import { isStudyExists } from "../../src/store/study-errors.ts";
import type { StudyArchive } from "../../src/store/study-record.ts";
import { readPath, readText } from "../options/option-value.ts";
import { addStoreOption, isRedisUrl, type StoreOption, withStore } from "../options/store-option.ts";
import { count } from "../render/figure.ts";
import { print, say } from "../render/print.ts";
import { sameStore } from "../study/go-on.ts";

interface ImportOptions extends StoreOption {
  readonly name?: string;
}

export function registerImport(program: Command): void {
  const command = program
    .command("import")
    .description("Take in a study that `export --study` wrote, from any store.")
    .argument("<file>", "what was exported; - reads stdin", readPath)
    .option("--name <name>", "another name for it", readText)
    .action(importStudy);
  addStoreOption(command);
}

async function importStudy(file: string, options: ImportOptions): Promise<void> {
  const archive = placedAs(options, archiveOf(await readInput(file), file));
  await withStore(options, async (store) => {
    const { name, nextNumber } = await store.importStudy(archive, options.name).catch(hintAtName);
    print(`Imported ${name}: ${count(nextNumber, "trial")}.`);
    say(`See how it stands with: ${sameStore(options, "status", name)}`);
  });
}

/** @throws what it was; where the study's name is taken, with the option that gives it another */
function hintAtName(error: unknown): never {
  if (!isStudyExists(error)) throw error;
  const hint = "Give it another name with --name, or delete that study first";
  throw new ParzenError("STUDY_EXISTS", thrownMessage(error), { hint, cause: error });
}

/** Its files go where this command puts them, whatever the run that made them had noted. */
function placedAs({ store, artifacts }: ImportOptions, archive: StudyArchive): StudyArchive {
  const { artifacts: _, ...notes } = archive.study.notes;
  const place = artifacts !== undefined && isRedisUrl(store) ? { artifacts: resolve(artifacts) } : {};
  return { ...archive, study: { ...archive.study, notes: { ...notes, ...place } } };
}

/** @throws DATA_INVALID naming the file */
function archiveOf(content: string, file: string): StudyArchive {
  try {
    return parseArchive(content);
  } catch (error) {
    if (!(error instanceof ParzenError)) throw error;
    const { code, message, hint } = error;
    const where = file === "-" ? "stdin" : file;
    throw new ParzenError(code, `${where}: ${message}`, { cause: error, ...(hint === undefined ? {} : { hint }) });
  }
}

async function readInput(file: string): Promise<string> {
  try {
    return file === "-" ? await text(process.stdin) : await readFile(file, "utf8");
  } catch (cause) {
    throw new ParzenError("DATA_INVALID", `cannot read ${file}: ${systemReason(cause)}`, { cause });
  }
}

import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { makeFolder } from "../../src/artifacts/make-folder.ts";
import { ParzenError, systemReason } from "../../src/errors.ts";
import type { StoredStudy } from "../../src/study/stored-study.ts";
import type { StudyTrial } from "../../src/study/study-trial.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import type { StoreOption } from "../options/store-option.ts";
import { print, say } from "../render/print.ts";
import { withStored } from "../study/study-argument.ts";
import { type KeptFiles, keptFiles } from "./kept-files.ts";

export interface FilesOptions extends StoreOption {
  readonly study?: string;
  /** The folder that they are copied to. */
  readonly output?: string;
}

/** `parzen trials files`: names them, or copies them and names the copies. */
export async function trialFiles(
  given: number | undefined,
  options: FilesOptions,
  finish: (code: ExitCode) => void,
): Promise<void> {
  await withStored(options, options.study, async (study, { name }) => {
    const number = given ?? (await study.best())?.number;
    if (number === undefined) {
      say(`study "${name}" has no complete trial yet, so none is the best; name the number of a trial`);
      return finish(EXIT.failed);
    }
    const trial = await study.trial(number); // which throws where there is none
    const kept = await keptFiles(study, trial);
    if (kept.files.length === 0) {
      say(`trial ${number} of "${name}" kept no files`);
      return finish(EXIT.failed);
    }
    const { output } = options;
    if (output !== undefined) await copyTo(output, { study, trial, kept });
    for (const file of kept.files) print(output === undefined ? file : join(output, file));
  });
}

interface Source {
  readonly study: StoredStudy;
  readonly trial: StudyTrial<unknown>;
  readonly kept: KeptFiles;
}

/** @throws OPTION_INVALID where the folder has a file of that name already, or does not take them */
async function copyTo(output: string, { study, trial, kept }: Source): Promise<void> {
  const { id } = await study.refresh();
  const stored = study.store.artifacts.of(id, trial.number, trial.attempt);
  const there = kept.files.find((file) => existsSync(join(output, file)));
  if (there !== undefined) {
    throw new ParzenError("OPTION_INVALID", `--output: there is a ${there} in ${output} already`, {
      hint: "Name another folder; nothing is overwritten.",
    });
  }
  try {
    await placeWhole(output, kept.files, async (draft) => {
      for (const file of kept.files) {
        const target = join(draft, file);
        if (kept.folder !== null) await cp(join(kept.folder, file), target, { recursive: true });
        else await writeFile(target, (await stored.read(file)) ?? new Uint8Array());
      }
    });
  } catch (cause) {
    if (!(cause instanceof Error && "syscall" in cause)) throw cause;
    throw new ParzenError("OPTION_INVALID", `--output: cannot write to ${output}: ${systemReason(cause)}`, { cause });
  }
}

/**
 * Has files made in a draft of the folder and moves them when all are whole: a new folder comes with everything in it, and
 * in one that is there nothing stands under its name before it is whole. What is killed leaves a `~<uuid>` behind.
 */
async function placeWhole(
  output: string,
  files: readonly string[],
  make: (draft: string) => Promise<void>,
): Promise<void> {
  const folder = resolve(output);
  const isNew = !existsSync(folder);
  const draft = isNew ? `${folder}~${randomUUID()}` : join(folder, `~${randomUUID()}`);
  await makeFolder(isNew ? dirname(folder) : folder);
  try {
    await mkdir(draft);
    await make(draft);
    if (isNew) return await rename(draft, folder);
    for (const file of files) await rename(join(draft, file), join(folder, file));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

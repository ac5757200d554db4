import { existsSync } from "node:fs";
import type { Command } from "commander";
import { didYouMean, ParzenError } from "../src/errors.ts";
import type { Sampler } from "../src/samplers/sampler.ts";
import { openStore } from "../src/store/open.ts";
import type { Store } from "../src/store/store.ts";
import type { StudyRecord } from "../src/store/study-record.ts";
import { openStudy } from "../src/study/open.ts";
import type { Study } from "../src/study/study.ts";
import { commandLine } from "./invocation.ts";

export const DEFAULT_STORE = ".parzen/parzen.db";

export interface StoreOption {
  readonly store: string;
}

/** Adds `--store`, whose default is PARZEN_STORE or a file under the current folder. */
export function addStoreOption(command: Command): Command {
  const store = process.env["PARZEN_STORE"] ?? DEFAULT_STORE;
  return command.option("--store <location>", "path or sqlite: URL of the store (PARZEN_STORE)", store);
}

/** Whether a location names a file that is not there: opening it would make an empty store. */
export function isAbsent(location: string): boolean {
  const path = location.replace(/^sqlite:(\/\/)?/i, "");
  return !/^[a-z][a-z0-9+.-]+:/i.test(path) && path !== "" && !existsSync(path);
}

/** Opens the store for the length of an action. */
export async function withStore<T>({ store: location }: StoreOption, act: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(location);
  try {
    return await act(store);
  } finally {
    await store.close();
  }
}

/**
 * Opens a study by name. Without one, the only study of the store is meant.
 *
 * @throws STUDY_NOT_FOUND naming what there is
 */
export async function withStudy<T>(
  options: StoreOption,
  name: string | undefined,
  act: (study: Study, record: StudyRecord) => Promise<T>,
): Promise<T> {
  if (isAbsent(options.store)) throw noStore(options.store);
  return withStore(options, async (store) => {
    const record = await chosen(store, name);
    return act(await openStudy({ store, name: record.name, sampler: unused(record) }), record);
  });
}

/** These commands propose nothing, so a study whose sampler is the user's own opens without it. */
function unused({ sampler }: StudyRecord): Sampler {
  return { ...sampler, propose: () => ({ kind: "exhausted" }) };
}

function noStore(location: string): ParzenError {
  return new ParzenError("STUDY_NOT_FOUND", `there is no store at ${location}`, {
    hint: `Begin a study with: ${commandLine("run")} <sweep>, or name another store with --store`,
  });
}

async function chosen(store: Store, name: string | undefined): Promise<StudyRecord> {
  const studies = await store.listStudies();
  const names = studies.map((study) => study.name);
  const found = name === undefined && studies.length === 1 ? studies[0] : studies.find((study) => study.name === name);
  if (found !== undefined) return found;
  const message =
    name === undefined
      ? `${store.location} holds ${studies.length} studies; name one`
      : `there is no study "${name}" in ${store.location}${didYouMean(name, names)}`;
  const hint =
    names.length === 0 ? `Begin one with: ${commandLine("run")} <sweep>` : `Studies there: ${names.join(", ")}`;
  throw new ParzenError("STUDY_NOT_FOUND", message, { hint });
}

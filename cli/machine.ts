import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { availableParallelism, freemem, totalmem } from "node:os";
import { dirname, resolve } from "node:path";
import { ParzenError, thrownMessage } from "../src/errors.ts";
import { isAbsent } from "../src/store/absent.ts";
import { fileOf } from "../src/store/location.ts";
import { loadDriver } from "../src/store/sqlite/load.ts";
import type { BackendDescription } from "../src/training/backends/load.ts";
import { type Gpu, listGpus } from "../workers/gpus.ts";
import { type StoreOption, withStore } from "./options/store-option.ts";
import { packageVersion } from "./package-version.ts";
import { roomProblem } from "./room.ts";

/** Something that works, or why it does not. */
export type Checked<T> = { readonly works: true; readonly found: T } | { readonly works: false; readonly why: string };

/** What a machine has to offer, and what is wrong with it. Memory in bytes. */
export interface Machine {
  readonly parzen: string;
  readonly node: { readonly version: string; readonly isSupported: boolean };
  readonly platform: string;
  readonly cores: number;
  /** `limit`: what this process may use, where a container says so. */
  readonly memory: { readonly total: number; readonly free: number; readonly limit: number | null };
  readonly gpus: readonly Gpu[];
  readonly sqlite: Checked<{ readonly driver: string }>;
  readonly store: Checked<FoundStore>;
  readonly backends: Checked<readonly BackendDescription[]>;
}

/** A store that works. */
export interface FoundStore {
  readonly location: string;
  /** How many it holds; null where it is not there yet. */
  readonly studies: number | null;
  /** Whether it is a file, which can be written or made. */
  readonly isFile: boolean;
}

export async function inspectMachine(options: StoreOption): Promise<Machine> {
  const limit = process.constrainedMemory();
  const total = totalmem();
  return {
    parzen: packageVersion(),
    node: { version: process.version, isSupported: isSupported(process.versions.node) },
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    memory: { total, free: freemem(), limit: limit > 0 && limit < total ? limit : null },
    gpus: await listGpus(),
    sqlite: await checked(inspectSqlite),
    store: await checked(() => inspectStore(options)),
    backends: await checked(describeAll),
  };
}

/** Node >= 20.19, as package.json says. */
function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

/** The driver that stores get: the first one that loads, in the order of `loadDriver`. */
async function inspectSqlite(): Promise<{ readonly driver: string }> {
  await loadDriver();
  const hasLibsql = await loadDriver("libsql").then(
    () => true,
    () => false,
  );
  return { driver: hasLibsql ? "libsql" : "node:sqlite" };
}

/** Opens the store that is there; of one that is not, only whether it could be made. */
async function inspectStore(options: StoreOption): Promise<FoundStore> {
  const file = fileOf(options.store);
  if (file !== null && isAbsent(options.store)) {
    const problem = await roomProblem(dirname(resolve(file)));
    if (problem !== null) throw new ParzenError("STORE_UNAVAILABLE", problem);
    return { location: options.store, studies: null, isFile: true };
  }
  return withStore(options, async (store) => {
    const studies = await store.listStudies();
    if (file !== null) await checkWritable(resolve(file));
    return { location: store.location, studies: studies.length, isFile: file !== null };
  });
}

async function checkWritable(path: string): Promise<void> {
  await access(path, constants.W_OK).catch((cause: unknown) => {
    throw new ParzenError("STORE_UNAVAILABLE", `${path} cannot be written`, { cause });
  });
}

async function describeAll(): Promise<readonly BackendDescription[]> {
  const { describeBackends } = await import("../src/training/backends/load.ts");
  return describeBackends();
}

async function checked<T>(inspect: () => Promise<T>): Promise<Checked<T>> {
  try {
    return { works: true, found: await inspect() };
  } catch (error) {
    return { works: false, why: thrownMessage(error) };
  }
}

import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { ParzenError } from "../../src/errors.ts";
import { isAbsent } from "../../src/store/absent.ts";
import { checkLocation } from "../../src/store/location.ts";
import { openStore } from "../../src/store/open.ts";
import type { RedisStore } from "../../src/store/redis/redis-store.ts";
import type { Store } from "../../src/store/store.ts";
import { readText } from "./option-value.ts";

const DEFAULT_STORE = ".parzen/parzen.db";

/** The store that a command takes which names none. */
export function usualStore(): string {
  return process.env["PARZEN_STORE"] ?? DEFAULT_STORE;
}

export interface StoreOption {
  readonly store: string;
  /** Folder for files of trials, instead of the store's own place. */
  readonly artifacts?: string;
}

/** Adds `--store`, whose default is PARZEN_STORE or a file under the current folder, and `--artifacts`. */
export function addStoreOption(command: Command): Command {
  const store = "path, or sqlite: or redis: URL, of the store (PARZEN_STORE)";
  return withStoreOption(command, new Option("--store <location>", store).default(usualStore()));
}

/** The same for a command that only a store in Redis is of use to. */
export function addRedisOption(command: Command): Command {
  const store = new Option("--store <location>", "redis: URL of the store");
  return withStoreOption(command, store.default(usualStore(), "PARZEN_STORE"));
}

function withStoreOption(command: Command, store: Option): Command {
  return command
    .addOption(store.argParser(readText))
    .option("--artifacts <folder>", "for files of trials (PARZEN_ARTIFACTS)", readText, process.env["PARZEN_ARTIFACTS"])
    .hook("preAction", () => refuseEmpty(command));
}

/** Of a shell's variable that is not set, say: neither option means anything then, and the variable may be far away. */
function refuseEmpty(command: Command): void {
  for (const [option, variable] of [
    ["store", "PARZEN_STORE"],
    ["artifacts", "PARZEN_ARTIFACTS"],
  ] as const) {
    if (command.getOptionValue(option) !== "") continue;
    const isTyped = command.getOptionValueSource(option) === "cli";
    throw new ParzenError("OPTION_INVALID", `${isTyped ? `--${option}` : variable} is empty: expected a location`, {
      ...(isTyped ? {} : { hint: `Give it a value, or take it away with: unset ${variable}` }),
    });
  }
}

/** Hears what is unwise about a store. Only who runs trials is told. */
type Warn = (message: string) => void;

/** Opens the store for the length of an action. */
export async function withStore<T>(
  option: StoreOption,
  act: (store: Store) => Promise<T>,
  warn: Warn = () => undefined,
): Promise<T> {
  isAbsent(option.store); // a folder that may not be entered is refused here
  return closing(await openStore(option.store, { ...given(option), warn }), act);
}

/**
 * The same for what only a Redis store has: workers.
 *
 * @throws OPTION_INVALID for any other store
 */
export async function withRedis<T>(
  option: StoreOption,
  act: (store: RedisStore) => Promise<T>,
  warn: Warn = () => undefined,
): Promise<T> {
  checkLocation(option.store);
  if (!isRedisUrl(option.store)) {
    throw new ParzenError("OPTION_INVALID", `store: workers serve studies in Redis, and ${option.store} is a file`, {
      hint: "Give --store redis://host:port, or PARZEN_STORE; on one machine `parzen run` has slots of its own",
    });
  }
  const { openRedisStore } = await import("../../src/store/redis/redis.ts"); // loads what no other store needs
  return closing(await openRedisStore(option.store, { ...given(option), warn }), act);
}

async function closing<S extends Store, T>(store: S, act: (store: S) => Promise<T>): Promise<T> {
  try {
    return await act(store);
  } finally {
    await store.close();
  }
}

function given({ artifacts }: StoreOption): { readonly artifacts?: string } {
  return artifacts === undefined ? {} : { artifacts: resolve(artifacts) };
}

/** Whether a store is one that workers serve. */
export function isRedisStore(store: Store): store is RedisStore {
  return "workers" in store;
}

/** Whether a location is one that processes on many machines share. */
export function isRedisUrl(location: string): boolean {
  return /^rediss?(\+\w+)?:/i.test(location);
}

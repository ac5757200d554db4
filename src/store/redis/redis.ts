import type { Artifacts } from "../../artifacts/artifacts.ts";
import { isObject } from "../../space/object.ts";
import { checkOptions, type OptionLaws, TIMER } from "../../trial/option-check.ts";
import { maskLocation } from "../location.ts";
import { STORE_LAWS } from "../option-laws.ts";
import type { StoreClock } from "../store.ts";
import { type RedisStore, SharedStore } from "./redis-store.ts";
import { checkSchema } from "./schema.ts";
import { connect } from "./server/connection.ts";
import { Keys } from "./server/keys.ts";
import { Server } from "./server/server.ts";
import { checkServer } from "./server/server-check.ts";
import { StudyCalls } from "./server/study-calls.ts";
import { parseRedisUrl } from "./server/url.ts";

/** Where keys and files of a store in Redis lie, and how long it is waited for. Durations in milliseconds. */
export interface RedisStoreOptions extends StoreClock {
  /** The beginning of all keys; the URL's `?prefix=` where it has one. Default `parzen`. */
  readonly prefix?: string;
  /**
   * Where files of trials lie: the path of a directory that every machine reaches, or a place of one's own. Default in
   * Redis itself, for small ones.
   */
  readonly artifacts?: string | Artifacts;
  /** How long the first connection may take, in milliseconds, up to some 24 days. Default 10 s. */
  readonly connectTimeoutMs?: number;
  /** How long an answer may take, likewise; then it is STORE_UNAVAILABLE. Default 10 s. */
  readonly commandTimeoutMs?: number;
  /** Hears what is unwise about the server, once. Default a warning of the process, the first time it is met. */
  readonly warn?: (message: string) => void;
}

const LAWS: OptionLaws = {
  ...STORE_LAWS,
  prefix: { expected: "a text", accepts: (value) => typeof value === "string" },
  artifacts: {
    expected: `${STORE_LAWS.artifacts.expected}, or a place of one's own`,
    accepts: (value) => STORE_LAWS.artifacts.accepts(value) || (isObject(value) && typeof value["of"] === "function"),
  },
  connectTimeoutMs: TIMER,
  commandTimeoutMs: TIMER,
};

/**
 * Opens the store in a Redis or Valkey server, 6.2 or newer. Every call is one script, so that it happens whole; a call
 * that got no answer can be made again.
 *
 * A URL is `redis://[user:password@]host[:port][/database]`, `redis+sentinel://host,host/<master>[/database]` or
 * `redis+cluster://host,host`, with `rediss` for TLS; `?prefix=` begins all keys, `?ca=` names a file of certificates.
 *
 * Without a clock of one's own, time is the server's.
 *
 * @throws STORE_UNAVAILABLE, STORE_NEWER, STORE_CORRUPT, OPTION_INVALID for a URL, an option or a server that will not do
 */
export async function openRedisStore(url: string, options: RedisStoreOptions = {}): Promise<RedisStore> {
  const address = parseRedisUrl(url);
  checkOptions(options, LAWS);
  const location = maskLocation(url);
  const keys = new Keys(options.prefix ?? address.prefix);
  const { connectTimeoutMs = 10_000, commandTimeoutMs = 10_000 } = options;
  const connection = await connect(address, { connectTimeoutMs, commandTimeoutMs, location });
  const server = new Server({ connection, location, commandTimeoutMs });
  try {
    await checkServer(server, options.warn ?? warnOnce);
    await checkSchema(server, keys);
  } catch (error) {
    server.close();
    throw error;
  }
  return new SharedStore(new StudyCalls({ server, keys, now: options.now }), options.artifacts);
}

const warned = new Set<string>();

/** A program may open the same store for every study. */
function warnOnce(message: string): void {
  if (warned.has(message)) return;
  warned.add(message);
  process.emitWarning(message);
}

import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { ConnectionOptions } from "node:tls";
import { Cluster, Redis } from "ioredis";
import { ParzenError } from "../../../errors.ts";
import { isRefusal, reasonOf, storeFailure, unavailable } from "./failure.ts";
import type { RedisAddress } from "./url.ts";

/** One connection for commands, or one for each node of a Cluster. */
export type RedisClient = Redis | Cluster;

export interface ConnectOptions {
  /** How long the first connection may take. */
  readonly connectTimeoutMs: number;
  /** How long an answer may take. */
  readonly commandTimeoutMs: number;
  /** For messages: with its password masked. */
  readonly location: string;
}

export interface Connection {
  readonly client: RedisClient;
  /** Ends it for good; what is on its way is not waited for. */
  close(): void;
}

/** Longest pause between two attempts to connect again. */
const LONGEST_PAUSE_MS = 2000;

/**
 * Connects, and goes on trying while the first connection may take: whoever starts with the server waits for it. Later
 * it connects again by itself, for ever; what is called meanwhile waits for that, up to its time.
 *
 * @throws STORE_UNAVAILABLE, OPTION_INVALID where the server does not let the user in
 */
export async function connect(address: RedisAddress, options: ConnectOptions): Promise<Connection> {
  const client = makeClient(address, options);
  gatherWrites(client);
  const close = keepConnected(client);
  let timer: NodeJS.Timeout | undefined;
  let last: Error | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const over = address.isSecure ? " over TLS" : "";
      const late = (): void => reject(last ?? new Error(`no answer${over} within ${options.connectTimeoutMs} ms`));
      timer = setTimeout(late, options.connectTimeoutMs);
      client.on("error", (error: Error) => {
        last = error;
        if (isRefusal(error)) reject(error);
      });
      client.once("ready", resolve);
      client.connect().catch((error: Error) => {
        last ??= error;
      });
    });
    return { client, close };
  } catch (error) {
    close();
    const failure = storeFailure(error, options.location);
    if (failure instanceof ParzenError) throw failure;
    throw unavailable(options.location, failure instanceof Error ? reasonOf(failure) : String(failure), failure);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Connects again also where the client itself has given up, as it does when a Sentinel goes away in the wrong moment.
 *
 * @returns what ends it for good
 */
export function keepConnected(client: RedisClient): () => void {
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  client.on("end", () => {
    if (isClosed) return;
    timer = setTimeout(() => client.connect().catch(() => {}), pauseMs(2));
  });
  return () => {
    isClosed = true;
    clearTimeout(timer);
    client.disconnect();
  };
}

/**
 * Sends in one go what is called within one turn of the event loop. The client's own `enableAutoPipelining` does so too,
 * for the price of an object with every script of BullMQ in each go, and only with the answers of the go before.
 */
function gatherWrites(client: RedisClient): void {
  if (client instanceof Cluster) {
    client.on("+node", (node: Redis) => gatherWrites(node));
    return;
  }
  client.on("connect", () => {
    const { stream } = client;
    const write = stream.write;
    // All forms of `write` pass through as they are.
    stream.write = ((...args: Parameters<typeof write>) => {
      if (stream.writableCorked === 0) {
        stream.cork();
        setImmediate(() => stream.uncork());
      }
      return write.apply(stream, args);
    }) as typeof write;
  });
}

function makeClient(address: RedisAddress, { connectTimeoutMs, commandTimeoutMs }: ConnectOptions): RedisClient {
  const { kind, hosts, master, username, password, db } = address;
  const tls = tlsOf(address);
  const own = {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls === null ? {} : { tls }),
    protocol: 2 as const,
    connectTimeout: connectTimeoutMs,
    commandTimeout: commandTimeoutMs,
    // Who waits for an answer gives up by its time, not by a number of attempts; BullMQ asks for null as well.
    maxRetriesPerRequest: null,
    disableClientInfo: true,
    // A connection to what became a replica is of no use; the failed call is told, the next one meets the new master.
    reconnectOnError: (error: Error) => error.message.startsWith("READONLY"),
  };
  const shared = { lazyConnect: true };
  if (kind === "cluster") {
    const retry = { clusterRetryStrategy: pauseMs, clusterNodeRetryStrategy: pauseMs };
    return new Cluster([...hosts], { ...shared, ...retry, redisOptions: own });
  }
  const single = { ...own, ...shared, db, retryStrategy: pauseMs };
  if (kind === "single") return new Redis({ ...single, ...hosts[0] });
  const secured = tls === null ? {} : { enableTLSForSentinelMode: true, sentinelTLS: tls };
  const sentinel = { sentinels: [...hosts], name: master, sentinelRetryStrategy: pauseMs };
  return new Redis({ ...single, ...secured, ...sentinel });
}

/** Longer from attempt to attempt, and by chance: a fleet does not come back in one moment. */
function pauseMs(attempt: number): number {
  return Math.min(LONGEST_PAUSE_MS, 50 * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2);
}

function tlsOf({ isSecure, ca, hosts }: RedisAddress): ConnectionOptions | null {
  if (!isSecure) return null;
  const host = hosts[0]?.host ?? "";
  const servername = isIP(host) === 0 ? { servername: host } : {};
  if (ca === null) return servername;
  try {
    return { ...servername, ca: readFileSync(ca) };
  } catch (cause) {
    throw new ParzenError("OPTION_INVALID", `store: the file ${ca} of ?ca= cannot be read`, { cause });
  }
}

import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { ConnectionOptions } from "node:tls";
import { Cluster, Redis } from "ioredis";
import { ParzenError } from "../../../errors.ts";
import type { RedisAddress } from "./url.ts";

/** One connection for commands, or one for each node of a Cluster. */
export type RedisClient = Redis | Cluster;

export interface Times {
  /** How long the first connection may take. */
  readonly connectTimeoutMs: number;
  /** How long an answer may take. */
  readonly commandTimeoutMs: number;
}

/** How long a connection is idle before the system asks whether the other end is there: what only listens asks nothing. */
const KEEP_ALIVE_MS = 15_000;

/** Longest pause between two attempts to connect again. */
const LONGEST_PAUSE_MS = 2000;

/** A client that has not connected yet. @throws OPTION_INVALID where the file of an authority cannot be read */
export function makeClient(address: RedisAddress, { connectTimeoutMs, commandTimeoutMs }: Times): RedisClient {
  const { kind, hosts, master, username, password, db } = address;
  const tls = tlsOf(address);
  const own = {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls === null ? {} : { tls }),
    protocol: 2 as const,
    connectTimeout: connectTimeoutMs,
    commandTimeout: commandTimeoutMs,
    // From a connection that a router or a proxy has forgotten neither an answer nor an end would ever come.
    socketTimeout: commandTimeoutMs,
    keepAlive: KEEP_ALIVE_MS,
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
  // One of them that says nothing, or whose machine is off, leaves time to ask the others and to reach the master.
  const shareMs = Math.ceil(connectTimeoutMs / (hosts.length + 1));
  // A handshake ends by its own time, before that of the command behind it, which could only cut it off.
  const patience = { connectTimeout: shareMs, sentinelCommandTimeout: Math.ceil(1.5 * shareMs) };
  const sentinel = { sentinels: [...hosts], name: master, sentinelRetryStrategy: pauseMs };
  return new Redis({ ...single, ...secured, ...sentinel, ...patience });
}

/** Longer from attempt to attempt, and by chance: a fleet does not come back in one moment. */
export function pauseMs(attempt: number): number {
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

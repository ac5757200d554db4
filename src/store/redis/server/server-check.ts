import { Cluster, type Redis } from "ioredis";
import { ParzenError } from "../../../errors.ts";
import type { Server } from "./server.ts";

/** The oldest server whose scripts and commands are used. */
const OLDEST = [6, 2] as const;

/**
 * Looks at what INFO says of the server, or of each master of a Cluster: nothing else is asked, since many a provider
 * forbids CONFIG. A server that throws keys away by itself would lose trials, so it is refused; one that loses them when
 * it ends is warned of.
 *
 * @param warn gets one message
 * @throws OPTION_INVALID
 */
export async function checkServer(server: Server, warn: (message: string) => void): Promise<void> {
  const { location } = server;
  let isKept = true;
  let oldest = Number.POSITIVE_INFINITY;
  for (const node of mastersOf(server)) {
    const info = infoOf(await server.answered(node.info()));
    checkKind(info, location);
    oldest = Math.min(oldest, checkVersion(info, location));
    checkPolicy(info, location);
    isKept &&= info.get("aof_enabled") !== "0";
  }
  if (oldest >= 7) server.useReaders();
  if (isKept) return;
  const lost = "what it stores is lost when it ends, or since its last dump";
  warn(`the store ${location} keeps no append-only file: ${lost}. Set "appendonly yes" in redis.conf`);
}

/** From which part of its memory on a server counts as full: it refuses what is larger than the rest. */
const FULL = 0.99;

/** Whether the server, or a master of the Cluster, takes nothing more. */
export async function isFull(server: Server): Promise<boolean> {
  for (const node of mastersOf(server)) {
    const info = infoOf(await server.answered(node.info()));
    const most = Number(info.get("maxmemory") ?? 0);
    if (most > 0 && Number(info.get("used_memory") ?? 0) >= FULL * most) return true;
  }
  return false;
}

function mastersOf({ client }: Server): readonly Redis[] {
  return client instanceof Cluster ? client.nodes("master") : [client];
}

function infoOf(answer: string): ReadonlyMap<string, string> {
  const lines = answer.split(/\r?\n/).filter((line) => /^[^#:]+:/.test(line));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]));
}

function checkKind(info: ReadonlyMap<string, string>, location: string): void {
  // Valkey calls it by a name of its own.
  if ((info.get("redis_mode") ?? info.get("server_mode")) !== "sentinel") return;
  throw new ParzenError("OPTION_INVALID", `the store ${location} is a Sentinel, which stores nothing`, {
    hint: "Take redis+sentinel://<sentinel>:<port>/<master>",
  });
}

/** @returns the major one */
function checkVersion(info: ReadonlyMap<string, string>, location: string): number {
  const version = info.get("redis_version") ?? "";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return major;
  const has = version === "" ? "does not tell its version" : `has version ${version}`;
  throw new ParzenError("OPTION_INVALID", `the server of the store ${location} ${has}: 6.2 or newer is needed`, {
    hint: "Update Redis, or take Valkey",
  });
}

function checkPolicy(info: ReadonlyMap<string, string>, location: string): void {
  const policy = info.get("maxmemory_policy") ?? "noeviction";
  if (policy === "noeviction") return;
  const would = "it would throw trials away to make room";
  throw new ParzenError("OPTION_INVALID", `the store ${location} has maxmemory-policy ${policy}: ${would}`, {
    hint: "Run: redis-cli CONFIG SET maxmemory-policy noeviction; and put the same in redis.conf",
  });
}

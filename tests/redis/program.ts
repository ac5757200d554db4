import { findOnPath, installDebianPackage } from "../programs.ts";

/** What the tests that need Redis can have. */
export interface Availability {
  /** A server that is there already, by REDIS_URL: enough for tests that neither kill nor configure it. */
  readonly url: string | null;
  /** The program that starts one. */
  readonly program: string | null;
  /** Why neither is there; null where one is. */
  readonly why: string | null;
}

const PROGRAMS = ["redis-server", "valkey-server"];

/** Looks for a server: REDIS_URL, the PATH, and last, for root on Debian, the system's package, which it installs. */
export function findRedis(log: (line: string) => void): Availability {
  const url = process.env["REDIS_URL"] ?? null;
  const program = onPath() ?? (url === null ? installed(log) : null);
  const isThere = url !== null || program !== null;
  return { url, program, why: isThere ? null : "no REDIS_URL, and no redis-server or valkey-server on the PATH" };
}

/** The program on the PATH, or null. */
export function onPath(): string | null {
  return findOnPath(PROGRAMS);
}

function installed(log: (line: string) => void): string | null {
  return installDebianPackage("redis-server", log) ? onPath() : null;
}

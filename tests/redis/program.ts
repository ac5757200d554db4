import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

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
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const candidates = PROGRAMS.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find(isExecutable) ?? null;
}

function installed(log: (line: string) => void): string | null {
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return null;
  log("Installing redis-server for the tests (apt-get install)");
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "redis-server"], { env, stdio: "ignore" });
  } catch {
    return null;
  }
  return onPath();
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

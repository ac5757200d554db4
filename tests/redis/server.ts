import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onPath } from "./program.ts";

export interface RedisOptions {
  /** Keeps an append-only file, so that a restart brings back what was written. Default false. */
  readonly aof?: boolean;
  /** A configuration file, which a Sentinel needs. */
  readonly config?: string;
  /** More of the command line, e.g. `["--maxmemory", "4mb"]`. */
  readonly args?: readonly string[];
}

/** A server of one's own on 127.0.0.1, with a folder of its own. It ends with this process at the latest. */
export interface RedisServer {
  /** `redis://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  /** Of the process that runs now. */
  readonly pid: number;
  /** Where its append-only file and dumps are. */
  readonly folder: string;
  /** Ends it for good and removes its folder. */
  stop(): Promise<void>;
  /** Sends a signal, SIGKILL unless said otherwise; with one that ends it, resolves when it has ended. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again where it ended, on the same port and folder; a running one is killed before. */
  restart(): Promise<void>;
  /** Lets one that got SIGSTOP go on. */
  cont(): void;
}

/** What a server, or a sentinel, prints when it answers. */
const READY = /Ready to accept connections|Sentinel ID is/;
const ENDING: readonly NodeJS.Signals[] = ["SIGKILL", "SIGTERM", "SIGINT", "SIGQUIT"];

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts a server of one's own, by the program on the PATH. @throws where there is none, or it ends at once */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const program = onPath();
  if (program === null) throw new Error("no redis-server or valkey-server on the PATH");
  const folder = mkdtempSync(join(tmpdir(), "parzen-redis-"));
  const port = await freePort();
  const first = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--daemonize", "no"];
  const config = options.config === undefined ? [] : [options.config];
  const aof = ["--appendonly", options.aof === true ? "yes" : "no"];
  const start = (): Promise<ChildProcess> => launch(program, [...config, ...first, ...aof, ...(options.args ?? [])]);
  let child = await start();
  const kill = async (signal: NodeJS.Signals = "SIGKILL"): Promise<void> => {
    if (hasEnded(child)) return;
    const ended = ENDING.includes(signal) ? once(child, "exit") : null;
    child.kill(signal);
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    folder,
    get pid() {
      return child.pid ?? -1;
    },
    kill,
    cont: () => {
      child.kill("SIGCONT");
    },
    restart: async () => {
      await kill();
      child = await start();
    },
    stop: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when the server answers. */
async function launch(program: string, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  let printed = "";
  return new Promise((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (READY.test(printed)) resolve(child);
    };
    // Both are read on, or the server would wait for room in the pipe.
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`${program} ended:\n${printed}`)));
  });
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server on a TCP port has an address of that kind.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

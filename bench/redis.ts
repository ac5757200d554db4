import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { endWithUs, temporaryFolder } from "./cleanup.ts";

/** A server of one's own on 127.0.0.1, with an append-only file that is written out every second. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  kill(): Promise<void>;
  /** Starts it again on the same port and files; resolves when it answers. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the redis-server on the PATH. */
export async function startRedis(): Promise<RedisServer> {
  checkRedis();
  const folder = temporaryFolder("bench-redis");
  const port = await freePort();
  const start = (): Promise<ChildProcess> => launch(redisArguments(port, folder));
  let child = await start();
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
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

/** What redis-server is called with, to keep its files in a folder. */
export function redisArguments(port: number, folder: string): readonly string[] {
  const place = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder];
  return [...place, "--save", "", "--appendonly", "yes", "--appendfsync", "everysec"];
}

/** Ends this process with a line where there is no redis-server. */
export function checkRedis(): void {
  const { error } = spawnSync("redis-server", ["--version"], { stdio: "ignore" });
  if (error === undefined) return;
  console.error(`redis-server cannot be started: ${error.message}. Install Redis, or put redis-server on the PATH.`);
  process.exit(2);
}

async function launch(args: readonly string[]): Promise<ChildProcess> {
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  endWithUs(child);
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
    child.stdout.on("data", (chunk: Buffer) => chunk.includes("Ready to accept connections") && resolve());
  });
  return child;
}

/** A port of 127.0.0.1 that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server on a TCP port has an address of that kind.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

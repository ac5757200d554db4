import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { Redis } from "ioredis";
import { onTestFinished } from "vitest";
import { type RedisServer, startRedis } from "../../redis/server.ts";
import { parzenInOne } from "../one-process.ts";
import { emptyFolder, parzen, type Ran } from "../parzen.ts";
import { type Running, startParzen } from "../running.ts";

/** A Redis of its own, a folder with sweeps, and the command lines that were typed there with all that they printed. */
export interface Deployment {
  readonly server: RedisServer;
  readonly folder: string;
  /** With all rights. */
  readonly admin: Redis;
  readonly printed: readonly string[];
  /** Runs a command with `PARZEN_STORE` as it is given here, else the server's URL. */
  parzen(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran>;
  /** As `parzen`, in one process with others: where what it does to Redis and how it ends is all that is tested. */
  command(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ran>;
  /** Starts a worker and waits until it serves. */
  worker(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Running>;
  start(args: readonly string[], env?: NodeJS.ProcessEnv): Running;
}

/** @param url of the server as its commands are told; by default without a user */
export async function deploy(
  args: readonly string[] = [],
  url: (server: RedisServer) => string = (server) => server.url,
): Promise<Deployment> {
  const server = await startRedis({ aof: true, args });
  const folder = emptyFolder();
  const store = url(server);
  const admin = new Redis(store);
  admin.on("error", () => undefined); // a test may end the server
  const printed: string[] = [];
  onTestFinished(async () => {
    admin.disconnect();
    await server.stop();
  });
  const told = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ PARZEN_STORE: store, ...env });
  const start = (typed: readonly string[], env: NodeJS.ProcessEnv = {}): Running => {
    const running = startParzen(typed, folder, told(env));
    void running.ended.then(({ stdout, stderr }) => printed.push(stdout, stderr));
    return running;
  };
  const runBy =
    (how: typeof parzenInOne): Deployment["parzen"] =>
    async (typed, env = {}) => {
      const ran = await how(typed, { cwd: folder, env: told(env) });
      printed.push(ran.stdout, ran.stderr);
      return ran;
    };
  return {
    ...{ server, folder, admin, printed, start },
    parzen: runBy(parzen),
    command: runBy(parzenInOne),
    worker: async (typed, env = {}) => {
      const worker = start(["worker", ...typed, "--lock", "20s", "--check", "1s"], env);
      await worker.until(/serves \d|"kind":"serving"/);
      return worker;
    },
  };
}

/** Ends a worker as a service manager would. */
export async function stop({ child, ended }: Running): Promise<Ran> {
  child.kill("SIGTERM");
  return ended;
}

/** A sweep of one param whose objective is a body over `x` and `trial`, with what it may need in reach. */
export function writeSweep(folder: string, name: string, body: string, more = "maxTrials: 4"): void {
  const text = `import { existsSync, writeFileSync } from "node:fs";
const released = async () => {
  while (!existsSync("release")) await new Promise((resolve) => setTimeout(resolve, 20));
};
export default {
  space: { x: { uniform: [0, 1] } },
  ${more},
  objective: async ({ x }, trial) => { ${body} },
};
`;
  writeFileSync(join(folder, `${name}.mjs`), text);
}

/** Every key of a server with all that it holds, as text; logs inflated. */
export async function everythingIn(client: Redis): Promise<string> {
  const parts: string[] = [];
  for (const key of (await client.keys("*")).sort()) parts.push(`${key} ${await contentOf(client, key)}`);
  return parts.join("\n");
}

async function contentOf(client: Redis, key: string): Promise<string> {
  switch (await client.type(key)) {
    case "string":
      return textOf(await client.getBuffer(key));
    case "hash":
      return Object.entries(await client.hgetall(key))
        .flat()
        .join("\n");
    case "list":
      return (await client.lrange(key, 0, -1)).join("\n");
    case "set":
      return (await client.smembers(key)).join("\n");
    case "zset":
      return (await client.zrange(key, 0, "-1", "WITHSCORES")).join("\n");
    case "stream":
      return JSON.stringify(await client.xrange(key, "-", "+"));
    default:
      throw new Error(`${key} is of a type that nobody writes`);
  }
}

function textOf(bytes: Buffer | null): string {
  if (bytes === null) return "";
  try {
    return inflateRawSync(bytes).toString();
  } catch {
    return bytes.toString();
  }
}

import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeRedis } from "../../redis/describe-redis.ts";
import { freePort, type RedisServer, startRedis } from "../../redis/server.ts";
import { parzenInOne } from "../one-process.ts";
import { emptyFolder, parzen, type Ran } from "../parzen.ts";
import { writeSweep } from "../running.ts";

describeRedis("wrong usage", () => {
  let secured: RedisServer;
  let evicting: RedisServer;
  let folder: string;
  beforeAll(async () => {
    secured = await startRedis({ args: ["--requirepass", "right-secret"] });
    evicting = await startRedis({ args: ["--maxmemory-policy", "allkeys-lru", "--maxmemory", "64mb"] });
    folder = emptyFolder();
    writeSweep(folder, "return x;", "maxTrials: 1");
  });
  afterAll(() => Promise.all([secured.stop(), evicting.stop()]));

  const on = (store: string, ...args: readonly string[]): Promise<Ran> =>
    parzenInOne([...args, "--store", store], { cwd: folder });

  it("a worker needs a store in Redis and a sweep that is there", async () => {
    const file = await on("some.db", "worker", "sweep.mjs");
    expect(file).toMatchObject({ code: 2, stdout: "" });
    expect(file.stderr).toMatch(
      /^error: store: workers serve studies in Redis, and some\.db is a file\nGive --store redis:/,
    );
    expect(existsSync(join(folder, "some.db"))).toBe(false);
    expect(await on("some.db", "workers")).toMatchObject({ code: 2 });
    const unknown = await on(secured.url, "worker", "swep.mjs");
    expect(unknown).toMatchObject({ code: 3, stdout: "" });
    expect(unknown.stderr).toMatch(/^error: .*swep\.mjs/);
  });

  it("a worker is not started where the program of a command is missing", async () => {
    writeFileSync(join(folder, "missing.yaml"), "command: [no-such-program]\nspace: { x: { uniform: [0, 1] } }\n");
    const ran = await on(secured.url, "worker", "sweep.mjs", "missing.yaml");
    expect(ran).toMatchObject({ code: 1, stdout: "" });
    expect(ran.stderr).toMatch(/^error: this machine cannot run trials of missing\.yaml: there is no program no-such-/);
  });

  it("a server that is not there: it is waited for as long as connecting may take, then exit code 4", async () => {
    const url = `redis://127.0.0.1:${await freePort()}`;
    const commands = ["run sweep.mjs", "worker sweep.mjs", "workers"].map((each) => [
      ...each.split(" "),
      "--store",
      url,
    ]);
    const ran = await Promise.all(commands.map((args) => parzen(args, { cwd: folder })));
    for (const { code, stdout, stderr } of ran) {
      expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
      expect(stderr).toMatch(
        new RegExp(`^error: the store ${url} cannot be reached: .*ECONNREFUSED.*\nCheck the URL`, "m"),
      );
    }
  });

  it("a wrong password, or none: exit code 2, and no secret is shown", async () => {
    const { port } = secured;
    const urls = [`redis://:wrong-secret@127.0.0.1:${port}`, `redis://127.0.0.1:${port}`];
    const ran = await Promise.all(urls.flatMap((url) => [on(url, "run", "sweep.mjs"), on(url, "status")]));
    for (const { code, stdout, stderr } of ran) {
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^error: the store redis:\S+ refuses: the user or password is wrong or missing$/m);
      expect(stderr).not.toContain("secret");
    }
    const right = await on(`redis://:right-secret@127.0.0.1:${port}`, "workers", "--json");
    expect(right).toMatchObject({ code: 0, stdout: "[]\n" });
  });

  it("a server that would throw trials away", async () => {
    const refused = await on(evicting.url, "run", "sweep.mjs");
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(
      /^error: the store \S+ has maxmemory-policy allkeys-lru: .*\nRun: redis-cli CONFIG SET/,
    );
  });
});

const TESTABLE = `import { writeFileSync } from "node:fs";
export default {
  space: { x: { uniform: [0, 1] } },
  maxTrials: 3,
  objective: {
    evaluate: async ({ x }, trial) => {
      writeFileSync("evaluated-by", String(process.ppid));
      await trial.artifacts.write("model", new TextEncoder().encode(String(x)));
      return x;
    },
    test: async (params, trial) => {
      writeFileSync("tested-by", String(process.ppid));
      return { metrics: { twice: 2 * Number(new TextDecoder().decode(await trial.artifacts.read("model"))) } };
    },
  },
};
`;

it("--artifacts is where files of trials lie, for a store in a file as well", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "sweep.mjs"), TESTABLE);
  const ran = await parzenInOne(["run", "sweep.mjs", "--artifacts", "models"], { cwd: folder });
  expect(ran).toMatchObject({ code: 0 });
  const files = readdirSync(join(folder, "models"), { recursive: true, encoding: "utf8" });
  expect(files.some((file) => file.endsWith("model"))).toBe(true);
  expect(existsSync(join(folder, ".parzen", "artifacts"))).toBe(false);
});

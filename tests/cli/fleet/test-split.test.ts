import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../../redis/server.ts";
import { Deployment } from "./deployment.ts";

const TESTABLE = `import { appendFileSync } from "node:fs";
export default {
  space: { x: { uniform: [0, 1] } },
  maxTrials: 3,
  objective: {
    evaluate: async ({ x }, trial) => {
      appendFileSync("parents", "evaluate " + process.ppid + "\\n");
      await trial.artifacts.write("model", new TextEncoder().encode(String(x)));
      return x;
    },
    test: async (params, trial) => {
      appendFileSync("parents", "test " + process.ppid + "\\n");
      return { metrics: { twice: 2 * Number(new TextDecoder().decode(await trial.artifacts.read("model"))) } };
    },
  },
};
`;

describeRedis("the test split", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ aof: true });
  });
  afterAll(() => server.stop());

  it.each([
    { where: "Redis", files: [] },
    { where: "a folder", files: ["--artifacts", "models"] },
  ])("is evaluated once by the run, on the model that a worker saved in $where", async ({ files }) => {
    const fleet = new Deployment(server.url);
    writeFileSync(join(fleet.folder, "sweep.mjs"), TESTABLE);
    const worker = await fleet.worker("sweep.mjs", ...files);
    const run = fleet.start("run", "sweep.mjs", "--json", ...files);
    const { code, stdout } = await run.ended;
    expect(code).toBe(0);
    const parents = readFileSync(join(fleet.folder, "parents"), "utf8").trim().split("\n");
    const of = (what: string, pid: number | undefined): string => `${what} ${pid}`;
    const evaluated = of("evaluate", worker.child.pid);
    expect(parents).toEqual([evaluated, evaluated, evaluated, of("test", run.child.pid)]);
    const { best } = JSON.parse(stdout);
    const tested = JSON.parse((await fleet.command("test", "--json")).stdout);
    expect(tested).toMatchObject({ trial: best.number, metrics: { twice: 2 * best.params.x } });
    const other = (best.number + 1) % 3;
    const another = await fleet.command("test", "--trial", String(other), "--json", ...files);
    expect(another.code).toBe(0);
    const assignment = (await fleet.trials())[other]?.assignment;
    expect(JSON.parse(another.stdout).metrics.twice).toBe(2 * Number(assignment?.["x"]));
    expect(readFileSync(join(fleet.folder, "parents"), "utf8").trim().split("\n")).toHaveLength(5);
    expect(existsSync(join(fleet.folder, "models"))).toBe(files.length > 0);
  });
});

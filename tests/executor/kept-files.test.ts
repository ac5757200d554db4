import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Artifacts, TrialFiles } from "../../src/artifacts/artifacts.ts";
import { Checkpoints } from "../../src/artifacts/checkpoints.ts";
import { directoryArtifacts } from "../../src/artifacts/directory.ts";
import type { Evaluation, Executor, Watch } from "../../src/executor/executor.ts";
import { inProcess } from "../../src/executor/in-process.ts";
import { processPool } from "../../src/executor/pool/pool.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { redisArtifacts } from "../../src/store/redis/artifacts.ts";
import { Keys } from "../../src/store/redis/server/keys.ts";
import type { Outcome } from "../../src/trial/outcome.ts";
import type { TrialTask } from "../../src/trial/task.ts";
import { evaluate, fixture, taskOf } from "../faults/executor-run.ts";
import sweep, { KEEPERS, type Keeper } from "../fixtures/objectives/keeper.mjs";
import { describeRedis } from "../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../redis/server.ts";
import { temporaryFolder } from "../store/fixtures.ts";

const space = compileSpace(sweep.space);

const PLACES = [
  ["in process", () => inProcess({ objective: sweep.objective, space })],
  ["in a child", () => processPool({ source: { kind: "module", file: fixture("keeper.mjs") } })],
] as const;

async function runKeeper(make: () => Executor, keeper: Keeper, files: TrialFiles): Promise<Outcome> {
  const executor = make();
  try {
    return (await evaluate(executor, taskOf({ keeper: KEEPERS.indexOf(keeper) }), { files })).outcome;
  } finally {
    await executor.close();
  }
}

describe.each(PLACES)("a folder, %s", (_where, make) => {
  it("is left without the saves that nobody waited for when the trial ended", async () => {
    const root = await temporaryFolder();
    const files = directoryArtifacts(root).of("study", 0, 1);
    expect(await runKeeper(make, "leaves its saves alone", files)).toEqual({ kind: "complete", losses: [1] });
    expect(await readdir(join(root, "study", "0"))).toEqual(["note"]);
  });

  it("has the file that nobody waited for when the trial ended", async () => {
    const root = await temporaryFolder();
    const files = directoryArtifacts(root).of("study", 0, 1);
    expect(await runKeeper(make, "leaves a file alone", files)).toEqual({ kind: "complete", losses: [1] });
    expect(await readdir(join(root, "study", "0"))).toEqual(["model.bin"]);
  });

  it.each<[Keeper, string]>([
    ["leaves no file alone", 'artifact name: expected .*, received "../model.bin"'],
    ["writes a text", 'trial.artifacts.write\\("notes", bytes\\): expected bytes to be a Uint8Array, received "text"'],
    ["leaves no report alone", 'trial.report\\(step, value\\): .*received "low"'],
    ["leaves no checkpoint alone", "checkpoint"],
  ])("fails a trial that %s, also where nobody waits for it", async (keeper, message) => {
    const files = directoryArtifacts(await temporaryFolder()).of("study", 0, 1);
    const failed = { kind: "failed", reason: "error", message: expect.stringMatching(message) };
    expect(await runKeeper(make, keeper, files)).toEqual(failed);
    expect(await files.list()).toEqual([]);
  });

  it("that takes no files is a fault of the machine, and no trial fails of it", async () => {
    const root = join(await temporaryFolder(), "file");
    await writeFile(root, "in the way");
    const files = directoryArtifacts(root).of("study", 0, 1);
    for (const keeper of ["large model", "large checkpoint"] as const) {
      expect(await runKeeper(make, keeper, files)).toEqual({
        kind: "lost",
        machine: true,
        message: `the trial's files in ${join(root, "study", "0")} cannot be written: not a directory`,
      });
    }
  });
});

describeRedis("a place that takes only small files", () => {
  let server: RedisServer;
  let client: Redis;
  let files: TrialFiles;
  beforeAll(async () => {
    server = await startRedis();
    client = new Redis(server.url, { maxRetriesPerRequest: null });
    const artifacts: Artifacts = redisArtifacts({ client, keys: new Keys("parzen"), maxFileBytes: 1000 });
    files = artifacts.of("study", 0, 1);
  });
  afterEach(() => client.flushall());
  afterAll(async () => {
    client.disconnect();
    await server.stop();
  });

  const refused = (name: RegExp): unknown => ({
    kind: "failed",
    reason: "error",
    message: expect.stringMatching(new RegExp(`${name.source}.* Redis takes at most .*--artifacts <folder>`)),
  });

  describe.each(PLACES)("%s", (_where, make) => {
    const run = (keeper: Keeper) => runKeeper(make, keeper, files);

    it("fails a trial whose model cannot be kept, and says why", async () => {
      expect(await run("large model")).toEqual(refused(/model\.bin/));
    });

    it("fails a trial whose checkpoint cannot be kept, and says why", async () => {
      expect(await run("large checkpoint")).toEqual(refused(/checkpoint\.0\.1\.0\.0/));
      expect(await files.list()).toEqual([]);
    });

    it("goes on with the checkpoint before, where the objective does without", async () => {
      expect(await run("gives up")).toEqual({ kind: "complete", losses: [2] });
      expect(await files.list()).toEqual(["checkpoint.0.1.0.0", "checkpoint.0.1.0.whole"]);
    });

    it("keeps the newest checkpoint only", async () => {
      expect(await run("saves twice")).toEqual({ kind: "complete", losses: [1] });
      expect(await files.list()).toEqual(["checkpoint.1.1.1.0", "checkpoint.1.1.1.whole", "note"]);
    });
  });

  describe("in a command", () => {
    const run = (script: string, watch: Partial<Watch> = {}, task: Partial<TrialTask> = {}): Promise<Evaluation> => {
      const argv = [process.execPath, "-e", script.replaceAll("{", "{{").replaceAll("}", "}}")];
      const executor: Executor = processPool({ source: { kind: "command", argv, cwd: ".", metric: "loss", space } });
      return evaluate(executor, taskOf({ keeper: 0 }, task), { files, ...watch }).finally(() => executor.close());
    };
    const write = (variable: string, name: string, size: number): string =>
      `fs.writeFileSync(process.env.${variable} + "/${name}", Buffer.alloc(${size}));`;
    const report = `fs.appendFileSync(process.env.PARZEN_REPORT_FILE, '{"loss": 1}\\n');`;

    it("fails a trial whose model cannot be kept, and says why", async () => {
      const { outcome } = await run(`${write("PARZEN_ARTIFACTS_DIR", "model.bin", 2000)} console.log("loss=1")`);
      expect(outcome).toEqual(refused(/model\.bin/));
    });

    it("ends and fails a trial whose checkpoint cannot be kept", async () => {
      const { outcome } = await run(
        `${write("PARZEN_CHECKPOINT_DIR", "a", 2000)} ${report} setInterval(() => {}, 1e6)`,
      );
      expect(outcome).toEqual(refused(/^its checkpoint cannot be kept: .*checkpoint\.0\.1\.0\.0/));
    });

    it("fails a trial whose checkpoint cannot be restored", async () => {
      const note = async () => "continue" as const;
      const bytes = new Uint8Array(1);
      // No folder can hold both.
      await new Checkpoints({ files, attempt: 1, resumedFrom: null, note }).save(0, { a: bytes, "a/b": bytes });
      const { outcome } = await run("console.log('loss=1')", {}, { attempt: 2, resumedFrom: 0 });
      expect(outcome).toMatchObject({
        reason: "error",
        message: expect.stringMatching(/^its checkpoint cannot be restored: E/),
      });
    });

    it("keeps what a program saves when it is asked to hand back, reported or not", async () => {
      const controller = new AbortController();
      const noted: number[] = [];
      const save = `process.on("SIGTERM", () => { ${write("PARZEN_CHECKPOINT_DIR", "last", 3)} process.exit(1); });`;
      const { outcome } = await run(`${save} console.log("ready"); setInterval(() => {}, 1e6)`, {
        signal: controller.signal,
        print: () => controller.abort("hand-back"),
        checkpoint: async (step) => {
          noted.push(step);
          return "continue";
        },
      });
      expect([outcome, noted]).toEqual([{ kind: "handed-back" }, [0]]);
      expect(await files.read("checkpoint.0.1.0.0")).toEqual(new Uint8Array(3));
    });
  });
});

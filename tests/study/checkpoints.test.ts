import { afterEach, describe, expect, it } from "vitest";
import { Checkpoints } from "../../src/artifacts/checkpoints.ts";
import { processPool } from "../../src/executor/pool/pool.ts";
import { hp } from "../../src/space/hp.ts";
import { memoryStore } from "../../src/store/memory.ts";
import { thisHolder } from "../../src/study/attempt/holder.ts";
import { createStudy } from "../../src/study/open.ts";
import type { RunOptions } from "../../src/study/settings.ts";
import type { TrialContext } from "../../src/trial/context.ts";
import type { Verdict } from "../../src/trial/report.ts";
import type { Trial } from "../../src/trial/trial.ts";
import { fixture } from "../faults/executor-run.ts";
import { KEEPERS } from "../fixtures/objectives/keeper.mjs";

const space = { keeper: hp.choice(KEEPERS) };
const bytes = (value: number): Uint8Array => new Uint8Array([value]);

let store = memoryStore();
afterEach(async () => {
  await store.close();
  store = memoryStore();
});

const create = (options: RunOptions = {}) => createStudy({ name: "s", space, store, maxTrials: 1, ...options });

async function run(objective: (trial: TrialContext) => Promise<number>, options: RunOptions = {}): Promise<void> {
  await (await create(options)).optimize((_params, trial) => objective(trial));
}

async function stored(): Promise<{ readonly trials: readonly Trial[]; readonly files: readonly string[] }> {
  const { study: record, trials } = await store.snapshot("s", 0);
  return { trials, files: await store.artifacts.list(record.id) };
}

describe("a trial that is tried again", () => {
  it("goes on from what it saved before it threw, with the reports of all its attempts", async () => {
    const study = await create({ errorRetries: 2 });
    await study.enqueue({ keeper: "saves and throws" });
    const pool = processPool({ source: { kind: "module", file: fixture("keeper.mjs") } });
    await study.drive(pool);
    await pool.close();
    const { trials, files } = await stored();
    expect(trials).toMatchObject([{ state: "complete", losses: [4], attempt: 3, checkpoint: 5 }]);
    expect(trials[0]?.reports.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(files).toEqual([]);
  });

  it("replaces reports that its checkpoint does not cover", async () => {
    const made: string[] = [];
    await run(
      async ({ attempt, checkpoint, report }) => {
        const saved = await checkpoint.load();
        for (let step = (saved?.step ?? -1) + 1; step < 4; step++) {
          made.push(`${attempt}.${step}`);
          await report(step, 10 * attempt + step);
          if (step === 1) await checkpoint.save(step, bytes(step));
          if (step === 2 && attempt === 1) throw new Error("once");
        }
        return 0;
      },
      { errorRetries: 1 },
    );
    const { trials } = await stored();
    expect(trials[0]?.reports.map(({ value }) => value)).toEqual([10, 11, 22, 23]);
    expect(made).toEqual(["1.0", "1.1", "1.2", "2.2", "2.3"]);
  });

  it("keeps its checkpoint while it waits, handed back by one run and taken up by the next", async () => {
    const halt = new AbortController();
    const objective = async ({ checkpoint, signal }: TrialContext): Promise<number> => {
      const saved = await checkpoint.load();
      if (saved !== null) return saved.step;
      await checkpoint.save(3, bytes(3));
      halt.abort();
      signal.throwIfAborted();
      return -1;
    };
    const study = await create();
    await study.optimize((_params, trial) => objective(trial), { signal: halt.signal });
    expect((await stored()).trials).toMatchObject([{ state: "queued", checkpoint: 3 }]);
    expect((await stored()).files).toHaveLength(2);
    await study.optimize((_params, trial) => objective(trial));
    expect((await stored()).trials).toMatchObject([{ state: "complete", losses: [3], attempt: 2 }]);
    expect((await stored()).files).toEqual([]);
  });
});

describe("what a trial saved is gone when it has", () => {
  const save = async ({ checkpoint, artifacts }: TrialContext): Promise<void> => {
    await artifacts.write("model", bytes(1));
    await checkpoint.save(0, { a: bytes(1), b: bytes(2) });
  };

  const judged =
    (verdict: Verdict) =>
    async ({ report }: TrialContext) => {
      await store.judge("s", 0, verdict);
      await report(1, 1);
      return 1;
    };

  it.each<[string, RunOptions, (trial: TrialContext) => Promise<number>]>([
    ["complete", {}, async () => 1],
    ["failed", {}, async () => Promise.reject(new Error("no"))],
    ["pruned", {}, judged("prune")],
    ["cancelled", {}, judged("cancel")],
  ])("%s", async (state, options, end) => {
    await run(async (trial) => {
      await save(trial);
      return end(trial);
    }, options);
    const { trials, files } = await stored();
    expect(trials.map((trial) => trial.state)).toEqual([state]);
    expect(files).toEqual(["0/model"]);
  });

  it("been lost too often", async () => {
    const study = await create({ maxLost: 1 });
    await study.enqueue({ keeper: KEEPERS[0] });
    const files = store.artifacts.of((await study.refresh()).id, 0, 1);
    const claim = () => {
      const holder = { ...thisHolder(0), pid: 2 ** 30 };
      return store.claim("s", 0, { holder, leaseMs: 60_000, version: null });
    };
    await claim();
    const note = async (step: number) => (await store.checkpoint("s", 0, { attempt: 1 }, step)) as Verdict; // it is not stale
    await new Checkpoints({ files, attempt: 1, resumedFrom: null, note }).save(0, bytes(1));
    await store.commit("s", 0, { attempt: 1 }, { outcome: { kind: "handed-back" }, log: "" });
    await claim();
    await study.optimize(() => 1);
    expect((await stored()).trials).toMatchObject([{ state: "failed", reason: "lost" }]);
    expect((await stored()).files).toEqual([]);
  });
});

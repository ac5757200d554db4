import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { hp, openOrCreateStudy, random } from "../../../src/index.ts";
import { openStore } from "../../../src/store/open.ts";
import { BestModels } from "../../../src/study/driver/best-models.ts";
import { reserveTrial } from "../../../src/trial/transition.ts";
import type { FinishedTrial } from "../../../src/trial/trial.ts";
import { rejectionOf } from "../../thrown-by.ts";

const folder = mkdtempSync(join(tmpdir(), "parzen-keep-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** @param loss null for a trial that failed */
function ended(number: number, loss: number | null): FinishedTrial {
  const origin = "sampler" as const;
  const base = { number, assignment: {}, origin, basis: 0, memo: null, plan: null, sequence: 1, nowMs: 0 };
  const { queuedAtMs, ...rest } = reserveTrial(base);
  const run = { committedAt: 2, holder: null, startedAtMs: 0, finishedAtMs: 0, version: null, log: "", queuedAtMs };
  if (loss === null) return { ...rest, ...run, state: "failed", reason: "error", message: "" };
  return { ...rest, ...run, state: "complete", losses: [loss], metrics: {}, attributes: {} };
}

it("what remains are the best complete trials, in whatever order and however often they are told", () => {
  const losses = fc.array(fc.option(fc.constantFrom(0, 1, 2, -0.5, Number.POSITIVE_INFINITY)), { maxLength: 12 });
  fc.assert(
    fc.property(losses, fc.integer({ min: 1, max: 4 }), fc.infiniteStream(fc.nat()), (given, keep, random) => {
      const trials = given.map((loss, number) => ended(number, loss));
      const order = [...trials, ...trials.slice(0, 3)].map((trial) => ({ trial, at: Number(random.next().value) }));
      const best = new BestModels(keep);
      const gone = new Set(order.sort((a, b) => a.at - b.at).map(({ trial }) => best.add(trial)?.number));
      const complete = trials.flatMap((trial) => (trial.state === "complete" ? [trial] : []));
      const sorted = complete.sort((a, b) =>
        a.losses[0] < b.losses[0] ? -1 : a.losses[0] > b.losses[0] ? 1 : a.number - b.number,
      );
      const expected = sorted.slice(0, keep).map(({ number }) => number);
      expect(
        trials
          .map(({ number }) => number)
          .filter((number) => !gone.has(number))
          .sort(),
      ).toEqual(expected.sort());
    }),
  );
});

/** A study whose trial n has the loss |n - 4|, and whose trial 2 fails; every one writes a model first. */
async function run(store: string, maxTrials: number, keepModels?: number | null): Promise<readonly string[]> {
  const study = await openOrCreateStudy({ space: { x: hp.uniform(0, 1) }, store, sampler: random(), maxTrials });
  await study.optimize(
    async (_params, { number, artifacts }) => {
      await artifacts.write("model", new Uint8Array([number]));
      if (number === 2) throw new Error("no");
      return Math.abs(number - 4);
    },
    keepModels === undefined ? {} : { keepModels },
  );
  await study.close();
  const opened = await openStore(store);
  const files = await opened.artifacts.list((await opened.findStudy("study"))?.id ?? "");
  await opened.close();
  return files;
}

it("keeps the files of the best trials only, also those of earlier runs", async () => {
  const store = join(folder, "a.db");
  expect(await run(store, 4)).toEqual(["0/model", "1/model", "2/model", "3/model"]);
  expect(await run(store, 6, 2)).toEqual(["3/model", "4/model"]);
  // The model of trial 5 went when only two were kept.
  expect(await run(store, 8, 4)).toEqual(["3/model", "4/model", "6/model"]);
});

it("removes what any attempt of a trial wrote, also late", async () => {
  const place = join(folder, "retried", "artifacts");
  const store = await openStore(join(folder, "retried", "s.db"));
  const study = await openOrCreateStudy({ space: { x: hp.uniform(0, 1) }, store, maxTrials: 2, errorRetries: 1 });
  const { id } = (await store.findStudy("study")) ?? expect.fail("no study");
  await study.optimize(
    async (_params, { number, attempt, artifacts }) => {
      await artifacts.write("model", new Uint8Array([attempt]));
      if (attempt === 1) throw new Error("once");
      if (number === 0) await store.artifacts.of(id, 0, 1).write("late", new Uint8Array(1));
      return -number;
    },
    { keepModels: 1 },
  );
  await store.close();
  expect(readdirSync(join(place, id))).toEqual(["1.2"]);
});

it("touches no file of a study that another process runs", async () => {
  const store = join(folder, "live.db");
  await run(store, 4);
  const opened = await openStore(store);
  const driver = { host: "another", pid: 1, started: "then", slot: 0 };
  await opened.lead("study", driver, { leaseMs: 60_000, slots: 1 });
  expect(await rejectionOf(() => run(store, 8, 1))).toMatchObject({ code: "STUDY_LIVE" });
  const files = await opened.artifacts.list((await opened.findStudy("study"))?.id ?? "");
  await opened.close();
  expect(files).toEqual(["0/model", "1/model", "2/model", "3/model"]);
});

it("keeps all in a directory where nothing else was said", async () => {
  expect(await run(join(folder, "b.db"), 8, null)).toHaveLength(8);
  expect(await run(join(folder, "c.db"), 8)).toHaveLength(8);
});

it("refuses a number of models that is none", async () => {
  expect(await rejectionOf(() => run("memory:", 1, 0))).toMatchObject({ code: "OPTION_INVALID" });
});

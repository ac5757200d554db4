import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { ParzenError } from "../../src/errors.ts";
import { createStudy, hp, openStore, type Store } from "../../src/index.ts";
import { thisHolder } from "../../src/study/attempt/holder.ts";
import { failsOnce } from "./fails-once.ts";

const space = { x: hp.uniform(0, 1) };

it.each(["reserve", "claim", "report", "commit"] as const)(
  "a store that is away once, when it is to %s, ends no run and no trial",
  async (method) => {
    const store = failsOnce(await openStore("memory:"), method);
    const study = await createStudy({ space, store, maxTrials: 4 });
    const waits: string[] = [];
    study.on("waiting", ({ reason }) => waits.push(reason));
    const reason = await study.optimize(
      async ({ x }, trial) => {
        await trial.report(0, x);
        return x;
      },
      { parallelism: 2 },
    );
    expect([reason, waits]).toEqual(["maxTrials", ["the store is away"]]);
    const trials = await study.trials();
    expect(trials.map(({ state, attempt }) => [state, attempt])).toEqual(new Array(4).fill(["complete", 1]));
  },
);

it.each(["snapshot", "setControl", "commit", "collectArtifacts"] as const)(
  "a store that is away once a driver has its seat, when it is to %s first, is waited for",
  async (method) => {
    const opened = await openStore("memory:");
    const study = await createStudy({ space, store: awayOnceLed(opened, method), maxTrials: 3 });
    await study.stop();
    await study.enqueue({ x: 0.5 });
    const gone = { ...thisHolder(0), started: "long ago" }; // a process that had this one's id before
    await opened.claim(study.name, 0, { holder: gone, leaseMs: 60_000, version: null });
    const waits: string[] = [];
    study.on("waiting", ({ reason }) => waits.push(reason));
    expect([await study.optimize(({ x }) => x), waits]).toEqual(["maxTrials", ["the store is away"]]);
  },
);

/** A store that cannot be reached the first time that it is called so after a driver took its seat. */
function awayOnceLed(store: Store, method: keyof Store): Store {
  let used = store;
  return new Proxy(store, {
    get: (_, key) => {
      if (key === "lead") used = failsOnce(store, method);
      const value: unknown = Reflect.get(used, key);
      return typeof value === "function" ? value.bind(store) : value;
    },
  });
}

it("a place of files that somebody has to change first is told at once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parzen-outage-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "file"), "");
  const store = await openStore(join(folder, "s.db"), { artifacts: join(folder, "file") });
  const study = await createStudy({ space, store, maxTrials: 1 });
  const waits: string[] = [];
  study.on("waiting", ({ reason }) => waits.push(reason));
  await expect(study.optimize(({ x }) => x)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  expect(waits).toEqual([]);
  await store.close();
});

it("a store that is away when a failing study is to be paused is waited for", async () => {
  const store = failsOnce(await openStore("memory:"), "setControl");
  const study = await createStudy({ space, store, maxTrials: 9 });
  const fails = (): never => {
    throw new Error("always");
  };
  expect(await study.optimize(fails)).toBe("failing");
  expect(await study.refresh()).toMatchObject({ control: "paused", controlReason: "the last 5 trials failed" });
});

it("a store that is away when a driver ends is waited for, so that others may drive", async () => {
  const store = failsOnce(await openStore("memory:"), "resign");
  const study = await createStudy({ space, store, maxTrials: 1 });
  await study.optimize(({ x }) => x);
  expect((await study.refresh()).driver).toBeNull();
});

it("a trial whose commit counted without its answer being heard is told, and leaves no checkpoint", async () => {
  const store = await openStore("memory:");
  const commit = store.commit.bind(store);
  let lost = 0;
  store.commit = async (...given) => {
    const committed = await commit(...given);
    if (lost++ > 0) return committed;
    throw new ParzenError("STORE_UNAVAILABLE", "the answer got lost");
  };
  const study = await createStudy({ space, store, maxTrials: 1 });
  const settled: string[] = [];
  study.on("settled", ({ trial }) => settled.push(trial.state));
  await study.optimize(async ({ x }, trial) => {
    await trial.checkpoint.save(0, new Uint8Array(1));
    return x;
  });
  expect(settled).toEqual(["complete"]);
  expect(await store.artifacts.list((await study.refresh()).id)).toEqual([]);
});

it("what the last trial's commit throws is thrown, and not lost with the end of the run", async () => {
  const store = await openStore("memory:");
  store.commit = () => Promise.reject(new ParzenError("STORE_CORRUPT", "a page is torn"));
  const study = await createStudy({ space, store, maxTrials: 1 });
  await expect(study.optimize(() => 1)).rejects.toMatchObject({ code: "STORE_CORRUPT", message: "a page is torn" });
});

it("a store that was closed while a study runs ends the run at once: it does not come back", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parzen-closed-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const study = await createStudy({ space, store: join(folder, "study.db"), maxTrials: 1 });
  const ended = study.optimize(async ({ x }) => {
    await study.close();
    return x;
  });
  await expect(Promise.race([ended, sleep(10_000)])).rejects.toMatchObject({
    code: "STORE_UNAVAILABLE",
    message: expect.stringMatching(/study\.db is closed$/),
  });
});

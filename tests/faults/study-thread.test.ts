import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it, onTestFinished } from "vitest";
import { createStudy, hp, openStudy } from "../../src/index.ts";
import { memoryStore } from "../../src/store/memory.ts";
import { thisHolder } from "../../src/study/attempt/holder.ts";

/** A thread of this process that runs the only trial of a study, and has begun it. */
async function runningThread(name: string): Promise<{ readonly thread: Worker; readonly store: string }> {
  const folder = mkdtempSync(join(tmpdir(), "parzen-thread-"));
  const store = join(folder, "study.db");
  const thread = new Worker(new URL("../fixtures/thread.mjs", import.meta.url), { workerData: { store, name } });
  onTestFinished(async () => {
    await thread.terminate();
    rmSync(folder, { recursive: true });
  });
  await once(thread, "message");
  return { thread, store };
}

describe("a study that another thread of this process runs", () => {
  it("is run by nobody else, and keeps its trials", async () => {
    const { thread, store } = await runningThread("threads");
    const study = await openStudy({ name: "threads", store });
    onTestFinished(() => study.close());
    await expect(study.optimize(() => 2)).rejects.toMatchObject({ code: "STUDY_LIVE" });
    thread.postMessage(1);
    await once(thread, "exit");
    expect(await study.trials()).toMatchObject([{ state: "complete", attempt: 1, loss: 1 }]);
  });

  it("is free once the lease of a thread that ended is over", async () => {
    let now = 0;
    const store = memoryStore({ now: () => now });
    const study = await createStudy({ name: "ended", space: { x: hp.uniform(0, 1) }, store, maxTrials: 1 });
    const number = (await study.enqueue({ x: 0.5 })) ?? -1;
    const holder = { ...thisHolder(0), started: `${thisHolder(0).started} thread 99` };
    await store.lead("ended", holder, { leaseMs: 1000, slots: 1 });
    await store.claim("ended", number, { holder, leaseMs: 1000, version: null });
    await expect(study.optimize(() => 1)).rejects.toMatchObject({ code: "STUDY_LIVE" });
    now += 1001;
    expect(await study.optimize(() => 1)).toBe("maxTrials");
    expect(await study.trials()).toMatchObject([{ state: "complete", attempt: 2 }]);
  });
});

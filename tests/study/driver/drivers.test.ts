import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startOf } from "../../../src/executor/process/process-start.ts";
import { createStudy, hp, openStore } from "../../../src/index.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import { thisHolder } from "../../../src/study/attempt/holder.ts";

const space = { x: hp.uniform(0, 1) };
const identity = ({ x }: { readonly x: number }) => x;

describe("drivers", () => {
  it("refuses to drive what a living process drives, and joins when asked", async () => {
    const store = await openStore("memory:");
    const study = await createStudy({ name: "live", space, store, maxTrials: 4 });
    const sleeper = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
    await once(sleeper, "spawn");
    const holder = { ...thisHolder(0), pid: sleeper.pid ?? 0, host: "elsewhere" };
    await store.lead("live", holder, { leaseMs: 60_000, slots: 1 });
    await expect(study.optimize(identity)).rejects.toMatchObject({ code: "STUDY_LIVE" });
    sleeper.kill("SIGKILL");
    await once(sleeper, "exit");
  });

  it("leaves a living process of this host its seat, also past its lease", async () => {
    let now = 0;
    const store = memoryStore({ now: () => now });
    const study = await createStudy({ name: "still", space, store, maxTrials: 1 });
    const still = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
    onTestFinished(() => void still.kill("SIGKILL"));
    await once(still, "spawn");
    const pid = still.pid ?? 0;
    const own = thisHolder(0);
    const started = own.started.replace(startOf(process.pid) ?? "", startOf(pid) ?? "");
    await store.lead("still", { ...own, pid, started }, { leaseMs: 1000, slots: 1 });
    now += 1001;
    await expect(study.optimize(identity)).rejects.toMatchObject({ code: "STUDY_LIVE" });
  });

  it("takes over at once from a dead process of this host", async () => {
    const store = await openStore("memory:");
    const study = await createStudy({ name: "dead", space, store, maxTrials: 2 });
    const gone = spawn(process.execPath, ["-e", ""]);
    await once(gone, "exit");
    await store.lead("dead", { ...thisHolder(0), pid: gone.pid ?? 0 }, { leaseMs: 60_000, slots: 1 });
    expect(await study.optimize(identity)).toBe("maxTrials");
  });

  it("leaves a process of a container with this host's name its trials until its lease ends", async () => {
    let now = 0;
    const store = memoryStore({ now: () => now });
    const study = await createStudy({ name: "contained", space, store, maxTrials: 1 });
    const number = (await study.enqueue({ x: 0.5 })) ?? -1;
    const holder = { ...thisHolder(0), pid: 2 ** 30, started: `${thisHolder(0).started} in pid:[1]` };
    await store.lead("contained", holder, { leaseMs: 1000, slots: 1 });
    await store.claim("contained", number, { holder, leaseMs: 1000, version: null });
    await expect(study.optimize(identity)).rejects.toMatchObject({ code: "STUDY_LIVE" });
    expect(await study.trials()).toMatchObject([{ state: "running", attempt: 1 }]);
    now += 1001;
    expect(await study.optimize(identity)).toBe("maxTrials");
  });

  it("leaves alone what another copy of the package runs in this very process", async () => {
    const options = { name: "bundled twice", store: await openStore("memory:"), space, maxTrials: 1 };
    const study = await createStudy(options);
    vi.resetModules();
    const copy = await import("../../../src/index.ts");
    const other = await copy.openStudy(options);
    await study.optimize(async ({ x }) => {
      await other.optimize(() => Number.NaN);
      return x;
    });
    expect(await study.trials()).toMatchObject([{ state: "complete", attempt: 1 }]);
  });
});

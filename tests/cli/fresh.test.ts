import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openForRun } from "../../cli/run/open.ts";
import { planRun } from "../../cli/run/plan.ts";
import { openStore } from "../../src/store/open.ts";
import { thisHolder } from "../../src/study/attempt/holder.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder, parzen } from "./parzen.ts";
import { writeSweep } from "./running.ts";
import { storeIn } from "./small-study.ts";

afterEach(() => void vi.useRealTimers());

describe("run --fresh", () => {
  it.each([
    ["of usual length", "sweep"],
    ["that is as long as names may be", "é".repeat(120)],
  ])("gives every old study of one second a name of its own, for a name %s", async (_, name) => {
    const cwd = emptyFolder();
    writeSweep(cwd, "return x;");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 2, 3, 4, 5) });
    const plan = await planRun(join(cwd, "sweep.mjs"), { store: "memory:", name, fresh: true });
    const store = await openStore("memory:");
    const renamed = [];
    for (let run = 0; run < 4; run++) renamed.push((await openForRun(store, plan)).renamed);
    const endings = [".2026-01-02T03-04-05", ".2026-01-02T03-04-05-2", ".2026-01-02T03-04-05-3"];
    expect(renamed).toEqual([null, ...endings.map((ending) => name.slice(0, 120 - ending.length) + ending)]);
    expect((await store.listStudies()).map((study) => study.name).toSorted()).toEqual(
      [name, ...renamed.filter((each) => each !== null)].toSorted(),
    );
    await store.close();
  });

  it("leaves the old study alone where the new one cannot be begun", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "return x;", "maxTrials: 2");
    await parzenInOne(["run", "sweep.mjs"], { cwd });
    writeSweep(cwd, "return x;", "maxTrials: 2, sampler: { partial: { fixed: { nope: 1 }, sampler: 'random' } }");
    const refused = await parzen(["run", "sweep.mjs", "--fresh"], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining('the space has no "nope"') });
    const studies = JSON.parse((await parzenInOne(["list", "--json"], { cwd })).stdout);
    expect(studies).toMatchObject([{ name: "sweep", finished: 2 }]);
  });

  it("refuses a study whose process lives, also where an objective kept it from renewing its lease", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "return x;", "maxTrials: 2");
    await parzenInOne(["run", "sweep.mjs"], { cwd });
    const store = await openStore(storeIn(cwd));
    await store.lead("sweep", thisHolder(0), { leaseMs: 1, slots: 1 });
    await store.close();
    for (const flags of [["--fresh"], ["--fresh", "--dry-run"], ["--dry-run"]]) {
      const refused = await parzen(["run", "sweep.mjs", ...flags], { cwd });
      expect(refused).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('study "sweep" is being run by process'),
      });
    }
    expect(await parzen(["run", "sweep.mjs", "--join", "--dry-run"], { cwd })).toMatchObject({ code: 0 });
    expect(JSON.parse((await parzenInOne(["list", "--json"], { cwd })).stdout)).toMatchObject([{ name: "sweep" }]);
  });

  it("--dry-run says that the old study would be renamed, and renames nothing", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "return x;", "maxTrials: 2");
    await parzenInOne(["run", "sweep.mjs"], { cwd });
    const { stdout } = await parzenInOne(["run", "sweep.mjs", "--fresh", "--dry-run"], { cwd });
    expect(stdout).toMatch(/study +sweep in \S+, new\n +old study +would be renamed, with its 2 trials\n/);
    const json = await parzenInOne(["run", "sweep.mjs", "--fresh", "--dry-run", "--json"], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({ existing: { trials: 2, isReplaced: true } });
    expect(JSON.parse((await parzenInOne(["list", "--json"], { cwd })).stdout)).toMatchObject([{ name: "sweep" }]);
  });
});

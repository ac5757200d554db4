import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { memoryStore } from "../../src/store/memory.ts";
import type { Store } from "../../src/store/store.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import { thisHolder } from "../../src/study/attempt/holder.ts";
import { recoverOutcomes } from "../../workers/recover-outcomes.ts";
import { type KeptOutcome, Spool } from "../../workers/spool.ts";
import { addStudy, reserveTrials } from "../executor/bullmq/study.ts";
import { trialsOf } from "./harness.ts";

const retry = { waiting: () => {}, isOver: () => true, left: () => {} };

describe("outcomes on the disk", () => {
  let folder: string;
  let spool: Spool;
  let store: Store;
  let study: StudyRecord;

  beforeEach(async () => {
    folder = join(mkdtempSync(join(tmpdir(), "parzen-spool-")), "made", "when needed");
    spool = new Spool(folder);
    store = memoryStore();
    study = await addStudy(store, "s");
  });
  afterEach(() => rmSync(join(folder, "..", ".."), { recursive: true, force: true }));

  async function keep(change: Partial<KeptOutcome> = {}): Promise<KeptOutcome> {
    const [trial] = await reserveTrials(store, "s", 1);
    const number = trial?.number ?? -1;
    const claimed = await store.claim("s", number, { holder: thisHolder(0), leaseMs: 1000, version: null });
    const token = claimed.kind === "claimed" ? claimed.token : "";
    const reports = [
      { step: 0, value: Number.POSITIVE_INFINITY },
      { step: 1, value: 0.1 },
    ];
    const result = { outcome: { kind: "complete", losses: [-0.25] }, log: "done\n" } as const;
    const fence = { attempt: 1, token };
    const about = { study: "s", id: study.id, store: store.location };
    const kept: KeptOutcome = { v: 1, ...about, number, fence, reports, result, ...change };
    await spool.write(kept);
    return kept;
  }
  async function recovered(): Promise<readonly boolean[]> {
    const counts: boolean[] = [];
    await recoverOutcomes(spool, store, { ...retry, recovered: (_kept, counted) => counts.push(counted) });
    return counts;
  }

  test("are committed with their reports, to the bit, and are gone then", async () => {
    await keep();
    expect(await recovered()).toEqual([true]);
    expect((await trialsOf(store, "s"))[0]).toMatchObject({
      state: "complete",
      losses: [-0.25],
      reports: [
        { step: 0, value: Number.POSITIVE_INFINITY },
        { step: 1, value: 0.1 },
      ],
    });
    expect((await store.findTrial("s", 0)).state).toBe("complete");
    expect(readdirSync(folder)).toEqual([]);
    expect(await recovered()).toEqual([]);
  });

  test("of a study in another store wait for a worker of that one", async () => {
    const elsewhere = { store: "redis://elsewhere:6379", id: "elsewhere" };
    const kept = [await keep(elsewhere), await keep()];
    const left: KeptOutcome[] = [];
    const recovery = { ...retry, recovered: () => undefined, left: (each: KeptOutcome) => left.push(each) };
    await recoverOutcomes(spool, store, recovery);
    expect(left).toEqual([kept[0]]);
    expect(await spool.list()).toEqual([kept[0]]);
    expect((await trialsOf(store, "s")).map(({ state }) => state)).toEqual(["running", "complete"]);
  });

  test("of a store that has another address now are committed", async () => {
    await keep({ store: "redis://before:6379" });
    expect(await recovered()).toEqual([true]);
    expect(await spool.list()).toEqual([]);
  });

  test("of a study that was renamed meanwhile go there, whatever has its name now", async () => {
    await keep();
    await store.renameStudy("s", "old");
    await addStudy(store, "s");
    expect(await recovered()).toEqual([true]);
    expect(await trialsOf(store, "old")).toMatchObject([{ state: "complete", losses: [-0.25] }]);
    expect(await trialsOf(store, "s")).toEqual([]);
  });

  test("of a trial that is gone, on a disk that does not let them go, keep nobody from the others", async () => {
    const gone = await keep({ number: 99 });
    const [name = ""] = readdirSync(folder);
    renameSync(join(folder, name), join(folder, `0-${name}`));
    mkdirSync(join(folder, name)); // where it would be removed, nothing can be
    await keep();
    expect(new Set((await spool.list()).map(({ number }) => number))).toEqual(new Set([gone.number, 1]));
    expect(await recovered()).toEqual([true]);
  });

  test("are for their owner's eyes only: they hold the attempt's token", async () => {
    await keep();
    const [name = ""] = readdirSync(folder);
    expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  test.each([
    ["of another token", { fence: { attempt: 1, token: "guessed" } }],
    ["of another attempt", { fence: { attempt: 2, token: "old" } }],
    ["of a study that was replaced", { id: "another" }],
    ["of a study that is gone", { study: "gone", id: "gone" }],
    ["of a trial that is gone", { number: 77 }],
  ])("%s change nothing and are gone", async (_which, change) => {
    await keep(change);
    expect(await recovered()).toEqual([false]);
    expect((await trialsOf(store, "s"))[0]?.state).toBe("running");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("twice on the disk count once", async () => {
    const kept = await keep();
    await spool.write(kept);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(await recovered()).toEqual([true]);
    const { sequence } = (await store.snapshot("s", 0)).study;
    await spool.write(kept);
    expect(await recovered()).toEqual([true]);
    expect((await store.snapshot("s", 0)).study.sequence).toBe(sequence);
  });

  test("are all read, however few files a process may have open", async () => {
    const kept = await keep();
    for (let number = 1; number < 300; number++) await spool.write({ ...kept, number });
    const module = new URL("../../dist/workers/spool.js", import.meta.url).href;
    const count = `import { Spool } from ${JSON.stringify(module)};
      console.log((await new Spool(process.argv[1]).list()).length);`;
    const limited = 'ulimit -n 100; exec "$@"';
    const command = ["-c", limited, "sh", process.execPath, "--input-type=module", "-e", count, folder];
    expect(execFileSync("sh", command, { encoding: "utf8" })).toBe("300\n");
  });

  test("half a file, another file and no folder are no outcomes", async () => {
    expect(await new Spool(join(folder, "absent")).list()).toEqual([]);
    const kept = await keep();
    writeFileSync(join(folder, "x-0-1.outcome.json"), '{"v":1,"study":"s');
    writeFileSync(join(folder, "y-0-1.outcome.json"), '{"v":2}');
    writeFileSync(join(folder, "notes.txt"), "mine");
    expect(await spool.list()).toEqual([kept]);
  });
});

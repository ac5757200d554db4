import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { describeRedis } from "../../redis/describe-redis.ts";
import { deploy, stop, writeSweep } from "./deployment.ts";

/** Each test is many command lines, one after the other. */
vi.setConfig({ testTimeout: 240_000 });

describeRedis("parzen delete over Redis", () => {
  test("leaves no key, job, queue or file behind, of any version that the study ever ran", async () => {
    const { folder, admin, command, parzen, start, worker } = await deploy();
    const body =
      'await trial.report(0, x); await trial.artifacts.write("model", new Uint8Array(99)); console.log("log");';
    writeSweep(folder, "sweep", `${body} if (trial.number === 1) throw new Error("no"); return x;`);
    const first = await worker(["sweep.mjs", "--slots", "2"]);
    expect((await parzen(["run", "sweep.mjs"])).code).toBe(0);
    await stop(first);
    writeSweep(folder, "sweep", `${body} return 2 * x;`, "maxTrials: 6");
    expect((await command(["accept", "sweep", "sweep.mjs"])).code).toBe(0);
    const second = await worker(["sweep.mjs", "--slots", "2"]);
    expect((await parzen(["run", "sweep.mjs"])).code).toBe(0);
    // What waits has a job that nobody takes.
    await stop(second);
    await command(["set", "sweep", "--max-trials", "9"]);
    await command(["enqueue", "sweep", "x=0.25"]);
    const run = start(["run", "sweep.mjs"]);
    await run.until(/waiting/);
    run.child.kill("SIGTERM");
    await run.ended;
    const before = await admin.keys("*");
    expect(new Set(before.filter((key) => key.endsWith(":meta")))).toHaveProperty("size", 2);
    expect(before.some((key) => /:f:0$/.test(key))).toBe(true);
    const unsure = await command(["delete", "sweep"]);
    expect(unsure.code).toBe(2);
    expect(await admin.dbsize()).toBe(before.length);
    expect((await command(["delete", "sweep", "--yes"])).stdout).toMatch(/^Deleted sweep: 7 trials and \d files\.\n/);
    expect((await admin.keys("*")).filter((key) => key !== "{parzen}:workers")).toEqual(["{parzen}:schema"]);
  });

  test("leaves the queue of another study alone, and files in a shared folder to nobody", async () => {
    const { folder, admin, command, worker, server } = await deploy();
    writeSweep(folder, "sweep", 'await trial.artifacts.write("model", new Uint8Array(9)); return x;', "maxTrials: 2");
    const shared = join(folder, "shared");
    const serving = await worker(["sweep.mjs", "--slots", "1", "--artifacts", shared]);
    for (const name of ["one", "two"]) {
      expect((await command(["run", "sweep.mjs", "--name", name, "--artifacts", shared])).code).toBe(0);
    }
    const id = await admin.hget("{parzen}:studies", "one");
    expect(existsSync(join(shared, id ?? ""))).toBe(true);
    // Where it ends before it has heard of queues and files, the same command once more removes them.
    await admin.call("ACL", "SETUSER", "cut", "on", "nopass", "~*", "&*", "+@all", "-smembers");
    const PARZEN_STORE = server.url.replace("//", "//cut:cut@");
    expect((await command(["delete", "one", "--yes"], { PARZEN_STORE })).stderr).toMatch(/this user may not/);
    expect((await command(["list"])).stdout).not.toMatch(/one/);
    expect(existsSync(join(shared, id ?? ""))).toBe(true);
    expect(await command(["delete", "one", "--yes"])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Deleted the rest of one/),
    });
    expect(existsSync(join(shared, id ?? ""))).toBe(false);
    expect((await admin.keys("{parzen}:q:*:meta")).length).toBe(1);
    // One that was imported has its files where it was told to put them, which no run has named.
    await command(["export", "--study", "two", "-o", "two.json", "--artifacts", shared]);
    await command(["import", "two.json", "--name", "three", "--artifacts", join(folder, "own")]);
    expect((await command(["delete", "three", "--yes"])).stdout).toMatch(/2 files/);
    expect(readdirSync(join(folder, "own"))).toEqual([]);
    await command(["delete", "two", "--yes"]);
    // The worker looks for stalled jobs again and again.
    const looks = async (): Promise<number> =>
      Number(/cmdstat_exists:calls=(\d+)/.exec(await admin.info("commandstats"))?.[1] ?? 0);
    const before = await looks();
    await vi.waitFor(async () => expect(await looks()).toBeGreaterThan(before + 2), 50_000);
    await stop(serving);
    expect((await admin.keys("*")).filter((key) => key !== "{parzen}:workers")).toEqual(["{parzen}:schema"]);
  });
});

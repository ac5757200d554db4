import { renameSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../../redis/server.ts";
import { release, writeSweep } from "../running.ts";
import { Deployment } from "./deployment.ts";

describeRedis("a run and workers", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ aof: true });
  });
  afterAll(() => server.stop());

  it("finish a study together, and every command tells of it meanwhile and after", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "if (trial.number === 2) await released(); return x;", "maxTrials: 4");
    const run = fleet.start("run", "sweep.mjs");
    await run.until(/^waiting: no worker serves this objective$/m);
    const none = await fleet.command("workers");
    expect(none).toMatchObject({ code: 0, stdout: "" });
    expect(none.stderr).toBe("no worker is alive. Start one with: parzen worker <sweep>\n");
    expect((await fleet.command("workers", "--json")).stdout).toBe("[]\n");

    const worker = await fleet.worker("sweep.mjs", "--slots", "2", "--tag", "ram_big");
    await fleet.untilStates("complete", "complete", "running", "complete");
    await fleet.untilWorkers(([first]) => first?.trials.map(({ number }) => number).join() === "2");
    const { stdout } = await fleet.command("workers");
    expect(stdout).toMatch(new RegExp(`^\\S+:${worker.child.pid}: serving, 2 slots, up \\S+$`, "m"));
    expect(stdout).toMatch(/^ +tags +ram_big$/m);
    expect(stdout).toMatch(/^ +serves +sweep [0-9a-f]{12} \(no commit, changed \d{4}-\d\d-\d\d [\d:]+Z\)$/m);
    expect(stdout).toMatch(/^ +trials +sweep #2$/m);
    expect(JSON.parse((await fleet.command("workers", "--json")).stdout)).toMatchObject([
      { pid: worker.child.pid, slots: 2, state: "serving", trials: [{ study: "sweep", number: 2 }] },
    ]);
    const status = await fleet.status();
    expect(status).toMatch(/^sweep: running\n/);
    expect(status).toMatch(/^ +trials +3 of 4 \(3 complete, 1 running\)$/m);
    expect(status).toMatch(new RegExp(`^ +driver +process ${run.child.pid} on \\S+, 2 slots of workers$`, "m"));
    expect(status).not.toMatch(/why|go on/);

    release(fleet.folder);
    const { code, stderr } = await run.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/, on the slots of its workers, /);
    expect(stderr.match(/^\d\/4 {2}#\d /gm)?.toSorted()).toHaveLength(4);
    expect(stderr).toMatch(/^sweep: all 4 trials are done \(4 complete\) in /m);
    expect(await fleet.status()).toMatch(
      /^sweep: finished\n[\s\S]*\n +why +all 4 trials are done\n +go on +parzen run /,
    );

    worker.child.kill("SIGTERM");
    expect(await worker.ended).toMatchObject({ code: 0, stdout: "" });
    expect((await fleet.command("workers")).stdout).toBe("");
  });

  it("a worker that was killed is shown as last heard some time ago until its lease has ended", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "await released(); return x;", "maxTrials: 1");
    fleet.start("run", "sweep.mjs");
    const worker = fleet.start("worker", "sweep.mjs"); // with a lease of a minute
    await fleet.untilStates("running");
    expect(await fleet.status()).not.toMatch(/why/);
    worker.child.kill("SIGKILL");
    await worker.ended;
    const { client, workers } = await fleet.store;
    const [record] = await workers.list();
    const [key = ""] = await client.keys(`*:w:${record?.id}`);
    expect(await client.pexpire(key, (await client.pttl(key)) - 15_000)).toBe(1);
    expect((await fleet.command("workers")).stdout).toMatch(/^\S+: serving, .*, last heard \d+s ago$/m);
    expect(await fleet.status()).toMatch(/^ +why +the worker on \S+ was last heard \d+s ago$/m);
  });

  it("a run's own slots have what the sweep requires", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "return x;", 'maxTrials: 1, requires: ["a100"]');
    const { code, stderr } = await fleet.command("run", "sweep.mjs", "--slots", "1");
    expect(stderr).toMatch(/^sweep: its one trial is done \(1 complete\) in /m);
    expect(code).toBe(0);
  });

  it("--verbose shows what trials print in a run's own slots", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "console.log(`x is ${x}`); return x;", "maxTrials: 2");
    const { stderr } = await fleet.command("run", "sweep.mjs", "--slots", "2", "--verbose");
    expect(stderr.match(/^#\d \| x is 0\.\d+$/gm)).toHaveLength(2);
  });

  it("--verbose does not show what trials of another study print, which its slots serve as well", async () => {
    const fleet = new Deployment(server.url);
    const other = 'if (x === 0.25) { console.log("of the other"); appendFileSync("release", ""); }';
    writeSweep(fleet.folder, `${other} else await released(); return x;`, "maxTrials: 2");
    await fleet.start("run", "sweep.mjs", "--name", "other").until(/^waiting: no worker/m);
    await fleet.command("enqueue", "other", "x=0.25");
    const { code, stderr } = await fleet.parzen("run", "sweep.mjs", "--slots", "2", "--verbose");
    expect(stderr).toMatch(/ other #0 starts in slot /);
    expect(stderr).not.toContain("of the other");
    expect(code).toBe(0);
  });

  it("a worker warns of a spool folder that takes nothing", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "return x;", "maxTrials: 1");
    const { code, stderr } = await fleet.command("worker", "sweep.mjs", "--idle-exit", "1ms", "--spool", "sweep.mjs");
    expect(stderr).toMatch(/warning: --spool: nothing can be made in \S+sweep\.mjs: not a directory; an outcome /);
    expect(code).toBe(0);
  });

  it("one worker serves several sweeps with the same slots, and a version that it has not stays untouched", async () => {
    const fleet = new Deployment(server.url);
    const add = (name: string, body: string): void => {
      writeSweep(fleet.folder, body, `name: "${name}", maxTrials: 3`);
      renameSync(join(fleet.folder, "sweep.mjs"), join(fleet.folder, `${name}.mjs`));
    };
    add("one", "return x;");
    add("two", "return x + 1;");
    add("three", "return x + 2;");
    const alone = fleet.start("run", "three.mjs");
    await alone.until(/^waiting: no worker serves this objective$/m);
    add("three", "return x + 3;");
    const worker = await fleet.worker("one.mjs", "two.mjs", "three.mjs");
    await worker.until(/ serves 3 objectives$/m);
    const runs = [fleet.parzen("run", "one.mjs"), fleet.parzen("run", "two.mjs")];
    for (const { code } of await Promise.all(runs)) expect(code).toBe(0);
    expect(await fleet.trials("three")).toEqual([]);
  });
});

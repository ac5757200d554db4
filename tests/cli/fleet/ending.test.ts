import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../../redis/server.ts";
import { release, startParzen, writeSweep } from "../running.ts";
import { Deployment, inState, statesOf } from "./deployment.ts";

describeRedis("the end of a worker", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ aof: true });
  });
  afterAll(() => server.stop());

  it("SIGTERM: its objective hears of it, and another worker goes on with the trial", async () => {
    const fleet = new Deployment(server.url);
    const wait = "while (trial.attempt === 1 && !trial.signal.aborted) await sleep(20);";
    const save = 'if (trial.signal.aborted) appendFileSync("saved", "");';
    writeSweep(fleet.folder, `appendFileSync("in", ""); ${wait} ${save} return x;`, "maxTrials: 1");
    const run = fleet.start("run", "sweep.mjs");
    const worker = await fleet.worker("sweep.mjs");
    await fleet.untilFile("in");
    worker.child.kill("SIGTERM");
    const { code, stderr } = await worker.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /ending: running trials are handed back; the next signal kills them\n.* sweep #0 is queued again\n/,
    );
    expect(stderr).toMatch(/ the worker has ended\n$/);
    expect(existsSync(join(fleet.folder, "saved"))).toBe(true);
    expect(await fleet.trials()).toMatchObject([{ state: "queued", attempt: 1, lost: 0 }]);
    await run.until(/^0\/1 {2}#0 is queued again$/m);
    await fleet.worker("sweep.mjs", "--idle-exit", "60s");
    expect((await run.ended).code).toBe(0);
    expect(await fleet.trials()).toMatchObject([{ state: "complete", attempt: 2, lost: 0 }]);
  });

  it.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("a second %s kills, even an objective that blocks, and the exit code is %i", async (signal, code) => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, 'appendFileSync("in", ""); block();', "maxTrials: 1");
    fleet.start("run", "sweep.mjs");
    const worker = await fleet.worker("sweep.mjs", "--grace", "10m");
    await fleet.untilFile("in");
    worker.child.kill(signal);
    await worker.until(/ending: running trials are handed back/);
    worker.child.kill(signal);
    expect((await worker.ended).code).toBe(code);
    expect(await fleet.trials()).toMatchObject([{ state: "queued", attempt: 1, lost: 0 }]);
  });

  it("Ctrl-C counts once where npx passes it on as well", async () => {
    const fleet = new Deployment(server.url);
    const wait = "while (!trial.signal.aborted) await sleep(20);";
    const save = 'await sleep(500); appendFileSync("saved", "");';
    writeSweep(fleet.folder, `appendFileSync("in", ""); ${wait} ${save} return x;`, "maxTrials: 1");
    fleet.start("run", "sweep.mjs");
    const args = ["worker", "sweep.mjs", "--store", fleet.url];
    const worker = startParzen(args, fleet.folder, { npm_lifecycle_event: "npx" });
    await fleet.untilFile("in");
    worker.child.kill("SIGINT");
    await sleep(30);
    worker.child.kill("SIGINT");
    expect((await worker.ended).code).toBe(0);
    expect(existsSync(join(fleet.folder, "saved"))).toBe(true);
  });

  it("--drain lets running trials end", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "await released(); return x;", "maxTrials: 4");
    fleet.start("run", "sweep.mjs");
    const worker = await fleet.worker("sweep.mjs", "--drain", "--slots", "2");
    await fleet.until((snapshot) => inState(snapshot, "running") === 2);
    worker.child.kill("SIGTERM");
    await worker.until(/ending: running trials may end/);
    release(fleet.folder);
    expect((await worker.ended).code).toBe(0);
    const trials = await fleet.trials();
    expect(inState({ trials }, "complete")).toBe(2);
    expect(trials.every(({ attempt, state }) => attempt === (state === "complete" ? 1 : 0))).toBe(true);
  });

  it("--max-trials and --idle-exit end it by itself", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "return x;", "maxTrials: 4");
    const run = fleet.start("run", "sweep.mjs");
    const first = await fleet.worker("sweep.mjs", "--max-trials", "3");
    const { code, stderr } = await first.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/ending: it has run as many trials as it may/);
    expect(statesOf((await fleet.trials()).slice(0, 3))).toEqual(["complete", "complete", "complete"]);
    const second = await fleet.worker("sweep.mjs", "--idle-exit", "500ms");
    expect((await run.ended).code).toBe(0);
    expect(await second.ended).toMatchObject({ code: 0, stderr: expect.stringMatching(/ending: nothing to do/) });
    expect(inState({ trials: await fleet.trials() }, "complete")).toBe(4);
  });
});

describeRedis("a run with slots of its own over Redis", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ aof: true });
  });
  afterAll(() => server.stop());

  it("Ctrl-C lets its trials end, and leaves no worker behind", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "await released(); return x;", "maxTrials: 20");
    const run = fleet.start("run", "sweep.mjs", "--slots", "2");
    await fleet.until((snapshot) => inState(snapshot, "running") === 2);
    run.child.kill("SIGINT");
    await run.until(
      /^ending: nothing new is proposed, (\d trials?|what runs) may end; Ctrl-C again stops at once\ngo on with: parzen run /m,
    );
    release(fleet.folder);
    const { code, stderr } = await run.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/^sweep: this run was interrupted \(2 complete\)/m);
    expect(statesOf(await fleet.trials())).toEqual(["complete", "complete"]);
    expect((await fleet.command("workers")).stdout).toBe("");
  });

  it("a Ctrl-C long after the second one does not wait for a store that is away", async () => {
    const away = await startRedis();
    onTestFinished(() => away.stop());
    const fleet = new Deployment(away.url);
    writeSweep(fleet.folder, "await released(); return x;", "maxTrials: 2");
    const run = fleet.start("run", "sweep.mjs", "--slots", "2");
    await fleet.until((snapshot) => inState(snapshot, "running") === 2);
    await away.kill("SIGSTOP");
    onTestFinished(() => away.cont());
    run.child.kill("SIGINT");
    await run.until(/^ending: /m);
    run.child.kill("SIGINT");
    await run.until(/^stopping: /m);
    run.child.kill("SIGINT"); // too soon: what runs is still being ended
    await sleep(6000);
    expect(run.child.exitCode).toBeNull();
    run.child.kill("SIGINT");
    const { code, stderr } = await run.ended;
    expect(code).toBe(130);
    expect(stderr).not.toMatch(/^error: /m);
  });

  it("the second Ctrl-C is its end also while the store is away", async () => {
    const away = await startRedis();
    onTestFinished(() => away.stop());
    const fleet = new Deployment(away.url);
    writeSweep(fleet.folder, "await released(); return x;", "maxTrials: 2");
    const run = fleet.start("run", "sweep.mjs", "--slots", "1");
    await run.until(/ sweep #0 starts in slot 0$/m);
    await serveNothing(away);
    await run.until(/^waiting: the store \S+ cannot serve now/m);
    run.child.kill("SIGINT");
    await run.until(/^ending: /m);
    run.child.kill("SIGINT");
    const { code, stderr } = await run.ended;
    expect(code).toBe(130);
    const [, ending = ""] = stderr.split(/^stopping: /m);
    expect(ending).toMatch(/^its end is not stored: the store \S+ cannot serve now: MASTERDOWN/m);
    expect(ending).not.toMatch(/^(error|waiting): /m);
  });

  it("a second Ctrl-C kills what runs in it and hands it back", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(
      fleet.folder,
      "if (trial.attempt > 1) return x; appendFileSync(`in${trial.number}`, ''); block();",
      "maxTrials: 2",
    );
    const run = fleet.start("run", "sweep.mjs", "--slots", "2");
    await Promise.all([fleet.untilFile("in0"), fleet.untilFile("in1")]);
    run.child.kill("SIGINT");
    await run.until(/^ending: /m);
    run.child.kill("SIGINT");
    const { code, stderr } = await run.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/^stopping: running trials go back to the queue$/m);
    expect(statesOf(await fleet.trials())).toEqual(["queued", "queued"]);
    expect(await fleet.command("run", "sweep.mjs", "--slots", "2")).toMatchObject({ code: 0 });
    expect(await fleet.trials()).toMatchObject([
      { state: "complete", attempt: 2, lost: 0 },
      { state: "complete", attempt: 2, lost: 0 },
    ]);
  });
});

/** A server that is there, and answers at once that it cannot serve. */
async function serveNothing({ url }: RedisServer): Promise<void> {
  const admin = new Redis(url);
  await admin.config("SET", "replica-serve-stale-data", "no");
  await admin.replicaof("127.0.0.1", 1);
  admin.disconnect();
}

import { afterAll, beforeAll, expect, it } from "vitest";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../../redis/server.ts";
import { release, writeSweep } from "../running.ts";
import { Deployment, inState, statesOf } from "./deployment.ts";

describeRedis("from another shell", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ aof: true });
  });
  afterAll(() => server.stop());

  it("pause, resume, set --max-trials and stop act on a study that workers run", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "if (trial.number === 1) await released(); return x;", "maxTrials: 500");
    const run = fleet.start("run", "sweep.mjs", "--parallelism", "1");
    const worker = await fleet.worker("sweep.mjs");
    await fleet.untilStates("complete", "running");
    expect((await fleet.command("pause")).stdout).toBe(
      "sweep is paused. 1 running trial goes on to the end; nothing new is proposed.\n",
    );
    await run.until(/^paused; go on with: parzen resume sweep/m);
    release(fleet.folder);
    await run.until(/^ *2\/500 {2}#1 /m); // the trial ended, and nothing follows it
    expect(statesOf(await fleet.trials())).toEqual(["complete", "complete"]);

    expect(await fleet.command("resume")).toMatchObject({ code: 0, stdout: "sweep goes on.\n" });
    await run.until(/^resumed\n(.*\n)* *3\/500 {2}#2 /m);
    expect((await fleet.command("set", "sweep", "--max-trials", "400")).stdout).toBe("max-trials: 500 -> 400\n");
    await run.until(/^ *\d+\/400 {2}#/m);

    const stopped = await fleet.command("stop");
    expect(stopped.stdout).toMatch(new RegExp(`^sweep is stopped\\. .*then process ${run.child.pid} ends\\.\n$`));
    const { stderr } = await run.ended;
    expect(stderr).toMatch(/^sweep: somebody stopped it \(\d+ complete/m);
    const states = statesOf(await fleet.trials());
    expect(states.filter((state) => state !== "complete" && state !== "queued")).toEqual([]); // what waits may wait
    expect(worker.child.exitCode).toBeNull();
  });

  it("cancel ends one trial, or all and the driver", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "while (!trial.signal.aborted) await sleep(20); return x;", "maxTrials: 500");
    const run = fleet.start("run", "sweep.mjs", "--lock", "3s");
    await fleet.worker("sweep.mjs", "--slots", "2", "--lock", "3s");
    await fleet.until((snapshot) => inState(snapshot, "running") === 2);
    expect((await fleet.command("cancel", "sweep", "--trial", "0")).stdout).toMatch(/^Trial 0 is told to end/);
    await run.until(/#0 cancelled$/m);
    await fleet.until(({ trials }) => statesOf(trials).join() === "cancelled,running,running");
    expect((await fleet.command("cancel")).stdout).toMatch(/^sweep is cancelled: its running trials are ended/);
    const { code, stderr } = await run.ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^sweep: somebody cancelled it \(3 cancelled\)/m);
    expect(statesOf(await fleet.trials())).toEqual(["cancelled", "cancelled", "cancelled"]);
  });

  it("set --max-trials to what is given out already ends the study with its last trial", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "if (trial.number === 2) await released(); return x;", "maxTrials: 500");
    const run = fleet.start("run", "sweep.mjs");
    await fleet.worker("sweep.mjs");
    await fleet.untilStates("complete", "complete", "running");
    expect((await fleet.command("set", "sweep", "--max-trials", "3")).stdout).toBe("max-trials: 500 -> 3\n");
    release(fleet.folder);
    const { code, stderr } = await run.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/^sweep: all 3 trials are done \(3 complete\)/m);
  });
});

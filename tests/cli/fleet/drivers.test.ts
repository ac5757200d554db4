import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../../redis/server.ts";
import { parzen } from "../parzen.ts";
import { release, trialsIn, writeSweep } from "../running.ts";
import { Deployment, SHORT, statesOf } from "./deployment.ts";

describeRedis("drivers of one study", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ aof: true });
  });
  afterAll(() => server.stop());

  it("two of them and three workers: 200 numbers, and no configuration twice", async () => {
    const fleet = new Deployment(server.url);
    const sweep = `export default {
      space: { x: { randint: [0, 300] } }, sampler: "random", maxTrials: 200, objective: ({ x }) => x,
    };`;
    writeFileSync(join(fleet.folder, "sweep.mjs"), sweep);
    const first = fleet.start("run", "sweep.mjs");
    await first.until(/^waiting: /m);
    const refused = await fleet.command("run", "sweep.mjs");
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/is being run by process .*\nAdd --join /),
    });
    const second = fleet.start("run", "sweep.mjs", "--join");
    await second.until(/^waiting: /m);
    await Promise.all([1, 2, 3].map(() => fleet.worker("sweep.mjs")));
    for (const { code, stderr } of await Promise.all([first.ended, second.ended])) {
      expect(code).toBe(0);
      expect(stderr).toMatch(/^sweep: all 200 trials are done \(200 complete\)/m);
    }
    const trials = await fleet.trials();
    expect(trials.map(({ number }) => number)).toEqual(Array.from({ length: 200 }, (_, number) => number));
    expect(new Set(trials.map(({ assignment }) => JSON.stringify(assignment))).size).toBe(200);
    expect(trials.every(({ attempt }) => attempt === 1)).toBe(true);
  });

  it("the next one judges what trials reported while there was none", async () => {
    const fleet = new Deployment(server.url);
    const waits = "await released(); await trial.report(1, 9); while (!trial.signal.aborted) await sleep(20);";
    writeSweep(fleet.folder, waits, "maxTrials: 1, pruner: { threshold: { upper: 5 } }");
    await fleet.worker("sweep.mjs", ...SHORT);
    const first = fleet.start("run", "sweep.mjs");
    await fleet.untilStates("running");
    first.child.kill("SIGKILL");
    await first.ended;
    release(fleet.folder);
    await fleet.until(({ trials }) => trials[0]?.reports.length === 1);
    const next = await fleet.command("run", "sweep.mjs");
    expect(next.stderr).toMatch(/^1\/1 {2}#0 pruned at step 1 in /m);
    expect(statesOf(await fleet.trials())).toEqual(["pruned"]);
  });

  it("one slot over Redis gives the same trials as one slot of this machine", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "return (x - 0.4) ** 2;", "maxTrials: 16, seed: 7");
    const args = ["run", "sweep.mjs", "--slots", "1", "--json"];
    const [remote, local] = await Promise.all([fleet.command(...args), parzen(args, { cwd: fleet.folder })]);
    expect([remote.code, local.code]).toEqual([0, 0]);
    const here = await trialsIn(fleet.folder);
    const there = await fleet.trials();
    expect(there.map(({ assignment }) => assignment)).toEqual(here.map(({ params }) => params));
    const lossOf = (document: string): unknown => JSON.parse(document).best;
    expect(lossOf(remote.stdout)).toEqual(lossOf(local.stdout));
  });
});

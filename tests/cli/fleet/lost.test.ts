import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../../redis/server.ts";
import { argumentsOf, release, writeSweep } from "../running.ts";
import { Deployment, SHORT, statesOf } from "./deployment.ts";

/** Notes every start, by the process of the worker; first attempts wait until they are released. */
const NOTED =
  'appendFileSync("starts", `${trial.number} ${trial.attempt}\\n`); if (trial.attempt === 1) await released(); return x;';

describeRedis("kill -9", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ aof: true });
  });
  afterAll(() => server.stop());

  const starts = (folder: string): readonly string[] =>
    readFileSync(join(folder, "starts"), "utf8").trim().split("\n").toSorted();

  it("of a worker in mid-trial: another one runs its trial, and the driver says so", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, NOTED, "maxTrials: 4");
    const run = fleet.start("run", "sweep.mjs", ...SHORT);
    const victim = await fleet.worker("sweep.mjs", ...SHORT);
    await victim.until(/sweep #0 starts in slot 0$/m);
    const other = await fleet.worker("sweep.mjs", ...SHORT, "--slots", "2");
    await other.until(/sweep #1 starts(.*\n)*.*sweep #2 starts/);
    victim.child.kill("SIGKILL");
    const line = new RegExp(`^0/4 {2}#0 is queued again: lost with ${hostname()}(, and runs on .*)?$`, "m");
    await run.until(line);
    release(fleet.folder);
    const { code, stderr } = await run.ended;
    expect(code).toBe(0);
    expect(stderr.match(/#0 is queued again/g)).toHaveLength(1);
    for (const number of [0, 1, 2, 3]) {
      expect(stderr.match(new RegExp(`^\\d/4 {2}#${number} [\\d.e-]+ in `, "gm"))).toHaveLength(1);
    }
    expect(stderr).toMatch(/^sweep: all 4 trials are done \(4 complete\)/m);
    expect((await fleet.trials())[0]).toMatchObject({ state: "complete", attempt: 2, lost: 1 });
    expect(starts(fleet.folder).filter((start) => start.startsWith("0 "))).toEqual(["0 1", "0 2"]);
  });

  it("of the driver, then the printed command: nothing is lost and nothing runs twice", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, NOTED, "maxTrials: 5");
    const run = fleet.start("run", "sweep.mjs", ...SHORT);
    await fleet.worker("sweep.mjs", "--slots", "2");
    await fleet.until(({ trials }) => statesOf(trials).join() === "running,running");
    run.child.kill("SIGKILL");
    const { stderr } = await run.ended;
    const status = await fleet.status();
    expect(status).toMatch(/^sweep: idle\n/);
    expect(status).toMatch(
      new RegExp(
        `why +no process runs it: process ${run.child.pid} on \\S+ is gone; 2 trials may end with their workers`,
      ),
    );
    const [command = ""] = stderr.split("\n");
    const resumed = fleet.start(...withoutStore(argumentsOf(command)));
    await resumed.until(/, 2 trials there, /);
    release(fleet.folder);
    const { code, stderr: told } = await resumed.ended;
    expect(code).toBe(0);
    expect(told).toMatch(/^sweep: all 5 trials are done \(5 complete\)/m);
    expect(told).not.toContain("again");
    expect(starts(fleet.folder)).toEqual(["0 1", "1 1", "2 1", "3 1", "4 1"]);
  });

  /** The command names the store, as `start` does. */
  function withoutStore(args: readonly string[]): readonly string[] {
    const at = args.indexOf("--store");
    return args.filter((_, index) => index !== at && index !== at + 1);
  }
});

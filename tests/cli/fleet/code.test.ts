import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../../redis/server.ts";
import { argumentsOf, release, writeSweep } from "../running.ts";
import { Deployment } from "./deployment.ts";

describeRedis("an objective that was changed", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ aof: true });
  });
  afterAll(() => server.stop());

  it("is refused by run and worker with both versions; accept adopts it from the next trial on", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "if (trial.number === 2) await released(); return x;", "maxTrials: 6");
    const run = fleet.start("run", "sweep.mjs");
    const before = await fleet.worker("sweep.mjs");
    await fleet.untilStates("complete", "complete", "running");
    edit(fleet.folder, "return x;", "return x + 10;");

    const refused = await fleet.parzen("run", "sweep.mjs", "--join");
    expect(refused.code).toBe(2);
    const hash = "[0-9a-f]{12} \\(no commit, changed \\S+ \\S+\\)";
    const versions = new RegExp(`^ +accepted: (${hash})\n +here: +(${hash})\n`, "m");
    const [, accepted, here] = versions.exec(refused.stderr) ?? [];
    expect(refused.stderr).toContain("  changed sweep.mjs\n");
    expect(accepted).not.toBe(here);
    const [, adopt = ""] = /^to adopt it from the next trial on: +(.*)$/m.exec(refused.stderr) ?? [];

    const after = await fleet.worker("sweep.mjs");
    await after.until(/another version of sweep, so this worker takes none of its trials/);
    await after.until(versions);
    expect(adopt).toBe("parzen accept sweep sweep.mjs");
    const adopted = await fleet.command(...argumentsOf(adopt));
    expect(adopted).toMatchObject({ code: 0, stderr: "" });
    expect(adopted.stdout).toBe(
      `sweep runs ${here} from its next trial on\nbefore: ${accepted}\n  changed sweep.mjs\n`,
    );
    expect((await fleet.command(...argumentsOf(adopt))).stdout).toBe(`sweep runs this objective already: ${here}\n`);

    release(fleet.folder);
    const { code, stderr } = await run.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/^sweep: all 6 trials are done \(6 complete\)/m);
    const losses = (await fleet.trials()).map((trial) => (trial.state === "complete" ? trial.losses[0] > 1 : null));
    expect(losses).toEqual([false, false, false, true, true, true]);
    for (const worker of [before, after]) worker.child.kill("SIGTERM");
    expect((await before.ended).stderr).not.toMatch(/#[345] starts/);
    expect((await after.ended).stderr).not.toMatch(/#[012] starts/);
  });

  it("accept refuses another space", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "return x;", "maxTrials: 1");
    await fleet.worker("sweep.mjs");
    expect((await fleet.parzen("run", "sweep.mjs")).code).toBe(0);
    edit(fleet.folder, "uniform: [0, 1]", "uniform: [0, 2]");
    const refused = await fleet.command("accept", "sweep", "sweep.mjs");
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toMatch(/^ {2}x: uniform \[0, 1\] -> uniform \[0, 2\]$/m);
  });

  function edit(folder: string, from: string, to: string): void {
    const file = join(folder, "sweep.mjs");
    writeFileSync(file, readFileSync(file, "utf8").replace(from, to));
  }
});

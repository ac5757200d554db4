import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../../redis/server.ts";
import { release, writeSweep } from "../running.ts";
import { Deployment, inState } from "./deployment.ts";

const VERSION = "[0-9a-f]{12} \\(COMMIT, changed \\d{4}-\\d\\d-\\d\\d [\\d:]+Z\\)";

describeRedis("status says why nothing runs", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ aof: true });
  });
  afterAll(() => server.stop());

  /** The line of `status` that says why, once it says anything like it. */
  async function why(fleet: Deployment, like: RegExp): Promise<string> {
    for (;;) {
      const [, line = ""] = /^ +why +(.*)$/m.exec(await fleet.status()) ?? [];
      if (like.test(line)) return line;
      await sleep(100);
    }
  }

  it("no worker is alive; somebody paused it; no driver; its trials are done", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "return x;", "maxTrials: 2");
    const run = fleet.start("run", "sweep.mjs");
    await run.until(/^waiting: no worker serves this objective$/m);
    expect(await fleet.status()).toMatch(/^sweep: running\n[\s\S]*0 slots of workers\n +why +no worker is alive\n$/);

    expect((await fleet.command("pause")).stdout).toContain("sweep is paused.");
    await run.until(/^paused; go on with: parzen resume sweep/m);
    expect(await fleet.status()).toMatch(/^sweep: paused\n[\s\S]* +why +somebody paused it\n +go on +/);
    await fleet.command("resume");

    run.child.kill("SIGTERM");
    expect((await run.ended).code).toBe(143);
    const idle = await fleet.status();
    expect(idle).toMatch(
      /^sweep: idle\n[\s\S]* +driver +none\n +why +no process runs it\n +go on +parzen run sweep\.mjs/,
    );

    await fleet.worker("sweep.mjs");
    expect((await fleet.command("run", "sweep.mjs")).code).toBe(0);
    expect(await fleet.status()).toMatch(/^sweep: finished\n[\s\S]* +why +all 2 trials are done\n +go on +.* -n 4/);
  });

  it("no worker has a slot for its tag", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "return x;", "maxTrials: 2, requires: ['fpga']");
    const alone = await fleet.command("worker", "sweep.mjs");
    expect(alone.code).toBe(2);
    expect(alone.stderr).toMatch(/sweep.*requires.*fpga/);
    writeFileSync(join(fleet.folder, "other.yaml"), 'command: [echo, "loss={x}"]\nspace: { x: { uniform: [0, 1] } }\n');
    const run = fleet.start("run", "sweep.mjs");
    await run.until(/^waiting: /m);
    const worker = fleet.start("worker", "sweep.mjs", "other.yaml", "--tag", "ssd");
    await worker.until(/sweep is not served: it requires fpga/);
    await worker.until(/ serves 1 objective/);
    expect(await why(fleet, /./)).toBe("no worker serves it: none of 1 worker has a slot with fpga");
    await fleet.worker("sweep.mjs", "--tag", "ssd", "--tag", "fpga");
    expect((await run.ended).code).toBe(0);
  });

  it("the workers have another version of its objective", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(fleet.folder, "return x;", "maxTrials: 2");
    const run = fleet.start("run", "sweep.mjs");
    await run.until(/^waiting: /m);
    commitAll(fleet.folder);
    writeSweep(fleet.folder, "return x + 1;", "maxTrials: 2");
    const worker = await fleet.worker("sweep.mjs");
    const none = VERSION.replace("COMMIT", "no commit");
    const some = VERSION.replace("COMMIT", `commit ${headOf(fleet.folder).slice(0, 12)}`);
    const other = `it means version ${none}, and the worker on \\S+ has ${some}`;
    expect(await why(fleet, /./)).toMatch(new RegExp(`^no worker serves it: ${other}$`));
    await worker.until(new RegExp(`^ +accepted: ${none}\n +here: +${some}$`, "m"));
  });

  it("the only worker takes no more trials: its machine is at fault", async () => {
    const fleet = new Deployment(server.url);
    const program = join(fleet.folder, "train");
    writeFileSync(program, "#!/no/such/interpreter\n", { mode: 0o755 });
    const sweep = `name: sweep\ncommand: [${program}, "{x}"]\nspace: { x: { uniform: [0, 1] } }\nmaxTrials: 3\n`;
    writeFileSync(join(fleet.folder, "sweep.yaml"), sweep);
    const run = fleet.start("run", "sweep.yaml");
    const worker = await fleet.worker("sweep.yaml");
    await worker.until(/this worker takes no more trials: 3 faults of this machine in a row, the last: .*train/);
    const reason = await why(fleet, /takes no more/);
    expect(reason).toMatch(
      /^the worker on \S+ takes no more trials: 3 faults of this machine in a row, the last: .*train/,
    );
    expect((await fleet.command("workers")).stdout).toMatch(/: sick, [\s\S]* +why +3 faults of this machine in a row/);
    expect((await fleet.trials()).every(({ lost }) => lost === 0)).toBe(true);
    writeFileSync(program, "#!/bin/sh\necho loss=$1\n", { mode: 0o755 });
    await fleet.worker("sweep.yaml");
    const { code, stderr } = await run.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/^sweep: all 3 trials are done \(3 complete\)/m);
  });

  function commitAll(folder: string): void {
    const who = ["-c", "user.name=x", "-c", "user.email=x@example.com"];
    for (const args of [
      ["init", "-q"],
      ["add", "sweep.mjs"],
      [...who, "commit", "-q", "-m", "x"],
    ]) {
      execFileSync("git", args, { cwd: folder });
    }
  }

  function headOf(folder: string): string {
    return execFileSync("git", ["rev-parse", "HEAD"], { cwd: folder, encoding: "utf8" });
  }
});

describeRedis("a store whose memory is used up", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis({ aof: true });
  });
  afterAll(() => server.stop());

  it("proposals pause and outcomes wait, status says so, and nothing is lost", async () => {
    const fleet = new Deployment(server.url);
    writeSweep(
      fleet.folder,
      'appendFileSync("starts", trial.number + "\\n"); await released(); return x;',
      "maxTrials: 6",
    );
    const run = fleet.start("run", "sweep.mjs");
    const worker = await fleet.worker("sweep.mjs", "--slots", "2");
    await fleet.until((snapshot) => inState(snapshot, "running") === 2);
    const { client } = await fleet.store;
    await client.config("SET", "maxmemory", "1mb"); // less than it uses now
    release(fleet.folder);
    await worker.until(/used up|kept on the disk/);
    expect(await fleet.status()).toMatch(/^ +why +the store is full: no new trial is proposed, and outcomes wait$/m);
    const seen = await fleet.command("workers");
    expect(seen.stdout).toMatch(/: serving, 2 slots/);
    expect(seen.stderr).toMatch(/^warning: the memory of the store is used up: .*\nRaise maxmemory of the server/);
    await client.unlink(...(await client.keys("*:w:*"))); // as if they had said nothing for long
    expect(await fleet.command("workers")).toMatchObject({
      stdout: "",
      stderr: expect.not.stringMatching(/Start one/),
    });
    expect(inState({ trials: await fleet.trials() }, "complete")).toBe(0);
    await client.config("SET", "maxmemory", "0");
    const { code, stderr } = await run.ended;
    expect(code).toBe(0);
    expect(stderr).toMatch(/^sweep: all 6 trials are done \(6 complete\)/m);
    await worker.until(/ the store is back$/m);
    worker.child.kill("SIGTERM");
    expect((await worker.ended).stderr.match(/ waiting: | is back$/gm)).toEqual([" waiting: ", " is back"]);
    const starts = readFileSync(join(fleet.folder, "starts"), "utf8").trim().split("\n");
    expect(starts.toSorted()).toEqual(["0", "1", "2", "3", "4", "5"]);
  });
});

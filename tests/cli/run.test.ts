import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { createStudy, hp, openStore, tpe } from "../../src/index.ts";
import { thisHolder } from "../../src/study/attempt/holder.ts";
import { parzenInOne } from "./one-process.ts";
import { BUILT, emptyFolder, MAIN, outsideEnvironment, parzen } from "./parzen.ts";
import { argumentsOf, release, startParzen, trialsIn, untilRunning, writeSweep } from "./running.ts";
import { storeIn } from "./small-study.ts";

const QUICK = "return { loss: (x - 0.3) ** 2, metrics: { distance: Math.abs(x - 0.3) } };";

const TESTABLE = `objective: {
    evaluate: async ({ x }, trial) => {
      await trial.artifacts.write("model", new TextEncoder().encode("7"));
      return x;
    },
    test: async (params, trial) => {
      appendFileSync("tests.txt", "test\\n");
      return { metrics: { accuracy: Number(new TextDecoder().decode(await trial.artifacts.read("model"))) } };
    },
  },`;

describe("parzen run", () => {
  it("prints the command that resumes, a line for each trial, and the best configuration", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, QUICK, "maxTrials: 6, defaults: { x: 0.3 }");
    const { code, stdout, stderr } = await parzenInOne(["run", "sweep.mjs", "-n", "5", "--slots", "2"], { cwd });
    expect(code).toBe(0);
    const lines = stderr.trimEnd().split("\n");
    expect(lines[0]).toBe("parzen run sweep.mjs -n 5 --slots 2");
    expect(lines[1]).toMatch(/^sweep in \.parzen\/parzen\.db, new, 5 trials in all, 2 slots, auto with seed 0; /);
    expect(lines[2]).toBe("auto searches by gp: 1 param at once");
    for (const number of [1, 2, 3, 4]) expect(stderr).toMatch(new RegExp(`^\\d/5  #${number} [\\d.e-]+ in \\S+`, "m"));
    expect(stderr).toMatch(/^\d\/5 {2}#0 0 in \S+, best so far$/m);
    expect(lines.at(-1)).toMatch(/^sweep: all 5 trials are done \(5 complete\) in /);
    expect(stdout).toBe("sweep: best is trial 0\n\n  loss      0\n  distance  0\n\n  x         0.3\n");
    expect(await trialsIn(cwd)).toHaveLength(5);
    const status = await parzenInOne(["status"], { cwd });
    expect(status.stdout).toMatch(/^ {2}sampler +auto, now by gp: 1 param at once$/m);
  });

  it("does nothing for a finished study, and its advice extends it; a total given by flag stays until the sweep's is edited", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, QUICK, "maxTrials: 2");
    await parzenInOne(["run", "sweep.mjs", "-n", "3"], { cwd });
    const again = await parzenInOne(["run", "sweep.mjs"], { cwd });
    expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sweep: best is trial \d/) });
    const advice = /extend it with: (.*)$/m.exec(again.stderr)?.[1] ?? "";
    expect(advice).toBe("parzen run sweep.mjs -n 6");
    expect(await trialsIn(cwd)).toHaveLength(3);
    writeSweep(cwd, QUICK, "maxTrials: 4");
    await parzen(["run", "sweep.mjs"], { cwd });
    expect(await trialsIn(cwd)).toHaveLength(4);
    expect((await parzen(argumentsOf(advice), { cwd })).code).toBe(0);
    expect(await trialsIn(cwd)).toHaveLength(6);
  });

  it("--timeout ends the run, and the next one goes on", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "await sleep(50); return x;", "maxTrials: 1000");
    const { code, stderr } = await parzenInOne(["run", "sweep.mjs", "--timeout", "1.5s"], { cwd });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^sweep: the time of this run is over \(\d+ complete\) in /m);
    const reached = (await trialsIn(cwd)).length;
    await parzenInOne(["run", "sweep.mjs", "--timeout", "60s", "-n", String(reached + 1)], { cwd });
    expect(await trialsIn(cwd)).toHaveLength(reached + 1);
  });

  it("a study that a program began takes the limits of the sweep, and keeps its sampler where that names none", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "return x;", "maxTrials: 3");
    const space = { x: hp.uniform(0, 1) };
    const study = await createStudy({ name: "sweep", store: storeIn(cwd), space, sampler: tpe({ hyperopt: true }) });
    await study.close();
    const { code, stderr } = await parzenInOne(["run", "sweep.mjs"], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(", tpe with seed 0;") });
    expect(stderr).not.toContain("searches by");
    expect(await trialsIn(cwd)).toHaveLength(3);
    writeSweep(cwd, "return x;", 'maxTrials: 4, sampler: "tpe"');
    const refused = await parzen(["run", "sweep.mjs"], { cwd });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/^ {2}sampler: tpe .* -> tpe /m) });
  });

  it("--gpus gives every slot its GPUs, and refuses one that is not there", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "console.log('GPU', process.env.CUDA_VISIBLE_DEVICES); await sleep(50); return x;");
    const driver = "#!/bin/sh\nprintf '0, GPU-aa, A\\n1, GPU-bb, B\\n'\n";
    writeFileSync(join(cwd, "nvidia-smi"), driver, { mode: 0o755 });
    const env = { PATH: `${cwd}:${process.env["PATH"]}`, CUDA_VISIBLE_DEVICES: undefined };
    const { stderr } = await parzenInOne(["run", "sweep.mjs", "-v", "--gpus", "0+1,1"], { cwd, env });
    expect(stderr).toContain("2 slots on GPUs 0+1 1");
    const used = [...stderr.matchAll(/\| GPU (.*)$/gm)].map(([, gpus]) => gpus);
    expect(new Set(used)).toEqual(new Set(["0,1", "1"]));
    const refused = await parzenInOne(["run", "sweep.mjs", "--gpus", "2"], { cwd, env });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("this machine has 0, 1") });
    expect(await parzenInOne(["run", "sweep.mjs", "--gpus", "all", "--slots", "2"], { cwd, env })).toMatchObject({
      code: 2,
    });
  });

  it("says each time why its machine could not run a trial, before it ends for it", async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, "once.sh"), "#!/bin/sh\nrm once.sh\necho loss=1\n", { mode: 0o755 });
    const sweep = 'command: [./once.sh, "{x}"]\nspace: { x: { uniform: [0, 1] } }\nmaxTrials: 5\n';
    writeFileSync(join(cwd, "once.yaml"), sweep);
    const { code, stderr } = await parzenInOne(["run", "once.yaml"], { cwd });
    const line = "#1 is queued again: this machine could not run it: command not found: ./once.sh";
    expect(stderr.split(line)).toHaveLength(4);
    expect(code).not.toBe(0);
  });

  it("--json is one document, alone on stdout whatever the sweep prints; a timer that it leaves ends with the command", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, `console.log("noise"); ${QUICK}`);
    const more = 'console.log("hello"); setInterval(() => undefined, 1000);\n';
    writeFileSync(join(cwd, "sweep.mjs"), readFileSync(join(cwd, "sweep.mjs"), "utf8") + more);
    const { code, stdout, stderr } = await parzen(["run", "sweep.mjs", "--json"], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      study: "sweep",
      reason: "maxTrials",
      trials: { complete: 6, failed: 0, finished: 6, total: 6 },
      best: { params: { x: expect.any(Number) }, test: null },
      failures: [],
    });
    expect(stderr).toMatch(/^hello$/m);
  });

  it("a sweep that requires a GPU has one slot for each, and does not run without", async () => {
    const cwd = emptyFolder();
    writeSweep(
      cwd,
      "console.log('GPU', process.env.CUDA_VISIBLE_DEVICES); return x;",
      'requires: ["gpu"], maxTrials: 2',
    );
    const gpus = (list: string): NodeJS.ProcessEnv => {
      writeFileSync(join(cwd, "nvidia-smi"), `#!/bin/sh\nprintf '${list}'\n`, { mode: 0o755 });
      return { PATH: `${cwd}:${process.env["PATH"]}`, CUDA_VISIBLE_DEVICES: undefined };
    };
    const refused = await parzenInOne(["run", "sweep.mjs"], { cwd, env: gpus("") });
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error: .*requires a GPU, and none was found\n/),
    });
    const { code, stderr } = await parzenInOne(["run", "sweep.mjs", "-v"], {
      cwd,
      env: gpus("0, GPU-aa, A\\n1, GPU-bb, B\\n"),
    });
    expect(code).toBe(0);
    expect(stderr).toContain("2 slots on GPUs 0 1");
    expect(stderr).toMatch(/\| GPU [01]$/m);
  });

  it("shows losses of a maximized study as the objective gave them", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "return x;", 'maxTrials: 4, direction: "maximize", metric: "score"');
    const { stdout } = await parzenInOne(["run", "sweep.mjs", "--json"], { cwd });
    const losses = (await trialsIn(cwd)).map((trial) => (trial.state === "complete" ? trial.loss : Number.NaN));
    expect(JSON.parse(stdout)).toMatchObject({ metric: "score", best: { loss: Math.max(...losses) } });
  });

  it("-v shows output with the trial's number; without it, the last lines of a failed one", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, 'console.log("epoch 1"); if (trial.number === 1) throw new Error("no data"); return x;');
    const verbose = await parzenInOne(["run", "sweep.mjs", "-n", "1", "-v"], { cwd });
    expect(verbose.stderr).toMatch(/^#0 \| epoch 1$/m);
    const plain = await parzenInOne(["run", "sweep.mjs", "-n", "3"], { cwd });
    const [, log = ""] = /#1 failed in \S+: no data\n((?:#1 \| .*\n)+)/.exec(plain.stderr) ?? [];
    expect(log).toMatch(/^#1 \| epoch 1$/m);
    expect(log).toMatch(/^#1 \| Error: no data\n#1 \| {5}at .*sweep\.mjs/m);
    expect(plain.stderr).not.toMatch(/#2 \|/);
  });

  it("started by npm start, it prints commands for npm start; other stores and names are in them", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, QUICK, "maxTrials: 1");
    const npm = { npm_lifecycle_event: "start", npm_lifecycle_script: "node dist/cli/main.js" };
    const { stderr } = await parzenInOne(["run", "./sweep.mjs", "--store", "my store.db", "--name", "one's"], {
      cwd,
      env: npm,
    });
    expect(stderr.split("\n")[0]).toBe(`npm start -- run ./sweep.mjs --store 'my store.db' --name 'one'\\''s'`);
  });

  it.each([
    { of: "in a checkout", main: BUILT, path: outsideEnvironment()["PATH"] },
    { of: "in a project, which is not on PATH", main: MAIN, path: process.env["PATH"] },
  ])("started by its file $of, it prints commands that start it so", async ({ main, path }) => {
    const cwd = emptyFolder();
    writeSweep(cwd, QUICK, "maxTrials: 1");
    const { stderr } = await parzen(["run", "sweep.mjs"], { cwd, main, env: { PATH: path } });
    const command = stderr.split("\n")[0] ?? "";
    expect(command).toBe(`node ${relative(cwd, main)} run sweep.mjs`);
    const again = spawnSync("sh", ["-c", command], {
      cwd,
      env: { ...outsideEnvironment(), PATH: path },
      encoding: "utf8",
    });
    expect(again.stderr).toContain("nothing to do; extend it with: node ");
  });

  it("takes the test of the best trial once, as the last step", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, QUICK, "maxTrials: 2");
    const text = readFileSync(join(cwd, "sweep.mjs"), "utf8").replace(/objective: async .*/, TESTABLE);
    writeFileSync(join(cwd, "sweep.mjs"), text);
    const first = await parzenInOne(["run", "sweep.mjs"], { cwd });
    expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/test accuracy +7$/m) });
    const second = await parzenInOne(["run", "sweep.mjs", "--json"], { cwd });
    expect(JSON.parse(second.stdout)).toMatchObject({ best: { test: { metrics: { accuracy: 7 }, times: 1 } } });
    expect(readFileSync(join(cwd, "tests.txt"), "utf8")).toBe("test\n");
  });

  it("a sampler of the user's own runs, goes on, and is not needed for reading", async () => {
    const cwd = emptyFolder();
    const propose = "({ trialNumber }) => ({ kind: 'try', assignment: { x: trialNumber / 10 } })";
    const sampler = `sampler: { name: "mine", version: 1, options: {}, propose: ${propose} }`;
    writeSweep(cwd, "return x;", `maxTrials: 2, ${sampler}`);
    await parzenInOne(["run", "sweep.mjs"], { cwd });
    expect(await parzenInOne(["run", "sweep.mjs", "-n", "3"], { cwd })).toMatchObject({ code: 0 });
    expect(await parzenInOne(["status"], { cwd })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("3 of 3"),
    });
    const listed = await parzenInOne(["trials", "list", "--json"], { cwd });
    expect(JSON.parse(listed.stdout).map(({ loss }: { loss: number }) => loss)).toEqual([0, 0.1, 0.2]);
  });

  it("says so as well of a process whose lease has ended, which only the driver asks the system about", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "return x;", "maxTrials: 2");
    await parzenInOne(["run", "sweep.mjs", "-n", "1"], { cwd });
    const store = await openStore(storeIn(cwd));
    await store.lead("sweep", thisHolder(0), { leaseMs: 1, slots: 1 });
    await store.close();
    const { code, stderr } = await parzenInOne(["run", "sweep.mjs", "-n", "2", "--store", "./.parzen/parzen.db"], {
      cwd,
    });
    expect(code).toBe(2);
    expect(stderr).toContain(`study "sweep" is being run by process ${process.pid} on `);
    expect(stderr).toMatch(/\nAdd --join .* with: parzen stop sweep --store \.\/\.parzen\/parzen\.db\n$/);
  });

  it("says when a process of which only its lease tells counts as dead", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "return x;", "maxTrials: 2");
    await parzenInOne(["run", "sweep.mjs", "-n", "1"], { cwd });
    const store = await openStore(storeIn(cwd));
    await store.lead("sweep", { ...thisHolder(0), host: "elsewhere" }, { leaseMs: 60_000, slots: 1 });
    await store.close();
    const { code, stderr } = await parzenInOne(["run", "sweep.mjs", "-n", "2"], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/ on elsewhere; if it was killed, that is known in ([1-5]?\d|60) s\n/);
  });

  it("says that another process runs the study, and joins it only with --join", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "if (trial.number > 2) await released(); return x;", "maxTrials: 25");
    const first = startParzen(["run", "sweep.mjs"], cwd);
    await first.until(/#2 \S+ in/);
    const refused = await parzenInOne(["run", "sweep.mjs"], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain(`is being run by process ${first.child.pid} on`);
    expect(refused.stderr).toContain("--join");
    const second = startParzen(["run", "sweep.mjs", "--join"], cwd);
    await untilRunning(cwd, 2);
    release(cwd);
    expect(await second.ended).toMatchObject({ code: 0 });
    expect(await first.ended).toMatchObject({ code: 0 });
    const trials = await trialsIn(cwd);
    expect(trials.map(({ state, attempt }) => ({ state, attempt }))).toEqual(
      Array.from({ length: 25 }, () => ({ state: "complete", attempt: 1 })),
    );
  });
});

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { EXIT } from "../../cli/exit.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder, parzen } from "./parzen.ts";
import { argumentsOf, release, startParzen, trialsIn, untilRunning, writeSweep } from "./running.ts";

const STATES = ({ state }: { readonly state: string }): string => state;

describe("a run that is interrupted", () => {
  it("Ctrl-C lets running trials end, proposes nothing more, and prints the command that goes on", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "if (trial.number > 1) await released(); return x;", "maxTrials: 50, slots: 2");
    const run = startParzen(["run", "sweep.mjs"], cwd);
    await Promise.all([run.until(/#0 \S+ in/), run.until(/#1 \S+ in/)]);
    await untilRunning(cwd, 2);
    run.child.kill("SIGINT");
    await run.until(/^ending: /m);
    release(cwd);
    const { code, stderr } = await run.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /^ending: nothing new is proposed, (\d trials?|what runs) may end; Ctrl-C again stops at once$/m,
    );
    expect(stderr).toMatch(/^go on with: parzen run sweep\.mjs$/m);
    const trials = await trialsIn(cwd);
    expect(trials.map(STATES)).toEqual(["complete", "complete", "complete", "complete"]);
  });

  it("a second Ctrl-C kills what runs and hands it back, even an objective that blocks", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, 'console.log("in"); if (trial.attempt === 1) block(); return x;', "maxTrials: 2, slots: 2");
    const run = startParzen(["run", "sweep.mjs", "-v"], cwd);
    await run.until(/#\d \| in\n(.*\n)*#\d \| in/);
    run.child.kill("SIGINT");
    await run.until(/^ending: /m);
    run.child.kill("SIGINT");
    const { code, stderr } = await run.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/^stopping: running trials go back to the queue$/m);
    expect((await trialsIn(cwd)).map(STATES)).toEqual(["queued", "queued"]);
    expect(await parzenInOne(["run", "sweep.mjs"], { cwd })).toMatchObject({ code: 0 });
    expect((await trialsIn(cwd)).map(({ state, attempt }) => ({ state, attempt }))).toEqual([
      { state: "complete", attempt: 2 },
      { state: "complete", attempt: 2 },
    ]);
  });

  it("Ctrl-C while the best trial is tested lets the test end, and a second one ends it", async () => {
    const cwd = emptyFolder();
    const test = 'test: () => { writeFileSync("testing", ""); return new Promise(() => {}); }';
    const text = `import { writeFileSync } from "node:fs";
export default { space: { x: { uniform: [0, 1] } }, maxTrials: 1, objective: { evaluate: ({ x }) => x, ${test} } };
`;
    writeFileSync(join(cwd, "sweep.mjs"), text);
    const run = startParzen(["run", "sweep.mjs"], cwd);
    while (!existsSync(join(cwd, "testing"))) await sleep(50);
    run.child.kill("SIGINT");
    await run.until(/^ending: nothing new is proposed, what runs may end; Ctrl-C again stops at once$/m);
    run.child.kill("SIGINT");
    const { code, stdout, stderr } = await run.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/^the test split was not evaluated: this run was interrupted$/m);
    expect(stdout).toMatch(/^sweep: best is trial 0\n/);
  });

  it.each([
    ["SIGTERM", EXIT.terminated],
    ["SIGHUP", EXIT.hungUp],
  ] as const)("%s stops at once, with its own exit code", async (signal, exitCode) => {
    const cwd = emptyFolder();
    writeSweep(cwd, 'console.log("in"); block();', "maxTrials: 2");
    const run = startParzen(["run", "sweep.mjs", "-v"], cwd);
    await run.until(/#0 \| in/);
    run.child.kill(signal);
    const { code, stderr } = await run.ended;
    expect(code).toBe(exitCode);
    expect(stderr).toMatch(/^go on with: parzen run sweep\.mjs --verbose$/m);
    expect((await trialsIn(cwd)).map(STATES)).toEqual(["queued"]);
  });

  it("kill -9, then the printed command: nothing finished is lost or run twice, and the best is the same", async () => {
    const [killed, whole] = [emptyFolder(), emptyFolder()];
    const wait = "if (trial.number === 20) await released();";
    const body = `${wait} appendFileSync("done.txt", trial.number + "\\n"); return (x - 0.4) ** 2;`;
    for (const folder of [killed, whole]) writeSweep(folder, body, "maxTrials: 30");
    const run = startParzen(["run", "sweep.mjs", "--seed", "5"], killed);
    await run.until(/#17 \S+ in/);
    run.child.kill("SIGKILL"); // while one of 18 to 20 runs
    const { stderr } = await run.ended;
    const before = (await trialsIn(killed)).filter(({ state }) => state === "complete");
    expect(before.length).toBeGreaterThanOrEqual(18);
    expect(before.length).toBeLessThanOrEqual(20);
    for (const folder of [killed, whole]) release(folder);
    const [command = ""] = stderr.split("\n");
    const [resumed, uninterrupted] = await Promise.all([
      parzen(argumentsOf(command), { cwd: killed }),
      parzenInOne(["run", "sweep.mjs", "--seed", "5"], { cwd: whole }),
    ]);
    expect(resumed).toMatchObject({ code: 0, stdout: uninterrupted.stdout });
    const after = await trialsIn(killed);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.map(({ params }) => params)).toEqual((await trialsIn(whole)).map(({ params }) => params));
    const runs = readFileSync(join(killed, "done.txt"), "utf8").trim().split("\n").map(Number);
    for (const { number } of before) expect(runs.filter((each) => each === number)).toEqual([number]);
  });
});

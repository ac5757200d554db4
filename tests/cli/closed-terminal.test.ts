import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { EXIT } from "../../cli/exit.ts";
import { emptyFolder, MAIN, outsideEnvironment } from "./parzen.ts";
import { startParzen, trialsIn, writeSweep } from "./running.ts";

/** Starts a program on a terminal of its own, which it closes once the file `in` is there; prints how that ended. */
const ON_A_TERMINAL = `
import os, pty, select, sys
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
while not os.path.exists("in"):
    if select.select([terminal], [], [], 0.05)[0]:
        os.read(terminal, 4096)
os.close(terminal)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
`;

it("a run whose terminal is closed hands its trials back, and ends by the signal that told it", async () => {
  const cwd = emptyFolder();
  writeSweep(cwd, 'if (trial.number === 1) { appendFileSync("in", ""); block(); } return x;', "maxTrials: 3");
  const run = ["-c", ON_A_TERMINAL, process.execPath, MAIN, "run", "sweep.mjs"];
  const { stdout } = await promisify(execFile)("python3", run, { cwd, env: outsideEnvironment() });
  expect(stdout).toBe("-1\n"); // SIGHUP, which a shell calls 129
  expect((await trialsIn(cwd)).map(({ state }) => state)).toEqual(["complete", "queued"]);
});

it("SIGHUP stops a run at once, and has its own exit code", async () => {
  const cwd = emptyFolder();
  writeSweep(cwd, 'console.log("in"); block();', "maxTrials: 2");
  const run = startParzen(["run", "sweep.mjs", "-v"], cwd);
  await run.until(/#0 \| in/);
  run.child.kill("SIGHUP");
  const { code, stderr } = await run.ended;
  expect(code).toBe(EXIT.hungUp);
  expect(stderr).toMatch(/^go on with: parzen run sweep\.mjs --verbose$/m);
  expect((await trialsIn(cwd)).map(({ state }) => state)).toEqual(["queued"]);
});

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "vitest";
import { itWithPython } from "../python/it-with-python.ts";
import { emptyFolder, MAIN, outsideEnvironment } from "./parzen.ts";
import { trialsIn, writeSweep } from "./running.ts";

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

itWithPython("a run whose terminal is closed hands its trials back, and ends by the signal that told it", async () => {
  const cwd = emptyFolder();
  writeSweep(cwd, 'if (trial.number === 1) { appendFileSync("in", ""); block(); } return x;', "maxTrials: 3");
  const run = ["-c", ON_A_TERMINAL, process.execPath, MAIN, "run", "sweep.mjs"];
  const { stdout } = await promisify(execFile)("python3", run, { cwd, env: outsideEnvironment() });
  expect(stdout).toBe("-1\n"); // SIGHUP, which a shell calls 129
  expect((await trialsIn(cwd)).map(({ state }) => state)).toEqual(["complete", "queued"]);
});

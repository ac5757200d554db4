import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openStudy, type StudyTrial } from "../../src/index.ts";
import { MAIN, outsideEnvironment, type Ran } from "./parzen.ts";
import { storeIn } from "./small-study.ts";

/** A command line that still runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
  /** Resolves when stderr has matched; fails where it ends without. */
  until(pattern: RegExp): Promise<string>;
}

/** Starts the built command line in a process of its own, which the test may signal. */
export function startParzen(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: { ...outsideEnvironment(), ...env } });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
  const ended = new Promise<Ran>((resolve) => {
    child.once("close", (code, signal) => resolve({ code: code ?? signal, stdout: stdout(), stderr: stderr() }));
  });
  const until = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(stderr())) resolve(stderr());
      };
      child.stderr.on("data", look);
      child.once("close", () => reject(new Error(`${pattern} never came in:\n${stderr()}`)));
      look();
    });
  return { child, ended, until };
}

function textOf(stream: NodeJS.ReadableStream): () => string {
  let text = "";
  stream.setEncoding("utf8");
  stream.on("data", (piece: string) => {
    text += piece;
  });
  return () => text;
}

/**
 * Writes a sweep of one param `x` from 0 to 1; `body` is its objective's, over `x` and `trial`. What awaits `released()`
 * goes on after `release`; `block()` never ends, and leaves the event loop no turn.
 */
export function writeSweep(folder: string, body: string, more = "maxTrials: 6"): void {
  const text = `import { appendFileSync, existsSync } from "node:fs";
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const released = async () => {
  while (!existsSync("release")) await sleep(20);
};
const block = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
export default {
  space: { x: { uniform: [0, 1] } },
  ${more},
  objective: async ({ x }, trial) => { ${body} },
};
`;
  writeFileSync(join(folder, "sweep.mjs"), text);
}

/** Lets objectives of a folder go on that await it. */
export function release(folder: string): void {
  writeFileSync(join(folder, "release"), "");
}

/** The trials of a folder's study. */
export async function trialsIn(folder: string, name = "sweep"): Promise<readonly StudyTrial<unknown>[]> {
  const study = await openStudy({ name, store: storeIn(folder) });
  const trials = await study.trials();
  await study.close();
  return trials;
}

/** Waits until so many trials of a folder's study run. */
export async function untilRunning(folder: string, amount: number): Promise<void> {
  for (;;) {
    const trials = await trialsIn(folder);
    if (trials.filter(({ state }) => state === "running").length >= amount) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The arguments of a printed command, without the program itself. */
export function argumentsOf(command: string): readonly string[] {
  return command.replace(/^parzen /, "").split(" ");
}

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, MAIN, outsideEnvironment } from "./parzen.ts";
import { trialsIn, writeSweep } from "./running.ts";
import { addStudy } from "./small-study.ts";

const cwd = emptyFolder();
const env = outsideEnvironment();

beforeAll(() => addStudy(cwd, { trials: 200, maxTrials: 200 }));

async function all(stream: Readable | null): Promise<string> {
  return stream === null ? "" : text(stream);
}

/** Linux has a file that is always full. */
describe.runIf(existsSync("/dev/full"))("where stdout cannot be written", () => {
  it.each([[["export", "csv"]], [["export", "--study"]], [["best"]], [["trials", "list", "--json"]], [["--help"]]])(
    "%j ends with one message",
    async (args) => {
      const full = openSync("/dev/full", "w");
      const child = spawn(process.execPath, [MAIN, ...args], { cwd, env, stdio: ["ignore", full, "pipe"] });
      const [stderr, [code]] = await Promise.all([all(child.stderr), once(child, "close")]);
      closeSync(full);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: "error: the output could not be written: no space left on device\n",
      });
    },
  );
});

describe("where nobody reads", () => {
  it.each([[["export", "csv"]], [["export", "--study"]], [["trials", "list", "--json"]]])(
    "stdout, %j ends silently",
    async (args) => {
      const child = execFile(process.execPath, [MAIN, ...args], { cwd, env });
      child.stdout?.destroy();
      const [stderr, [code]] = await Promise.all([all(child.stderr), once(child, "close")]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    },
  );

  it("stderr, a run goes on to its end", async () => {
    const folder = emptyFolder();
    writeSweep(folder, "return x;", "maxTrials: 5");
    const child = execFile(process.execPath, [MAIN, "run", "sweep.mjs"], { cwd: folder, env });
    child.stderr?.destroy();
    const [stdout, [code]] = await Promise.all([all(child.stdout), once(child, "close")]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^sweep: best is trial \d\n/);
    expect(await trialsIn(folder)).toHaveLength(5);
  });

  it("stdout, a run whose module prints all the time goes on to its end", async () => {
    const folder = emptyFolder();
    writeSweep(folder, "return x;", "maxTrials: 5");
    appendFileSync(join(folder, "sweep.mjs"), "setInterval(() => console.log('here'), 1).unref();\n");
    const child = execFile(process.execPath, [MAIN, "run", "sweep.mjs"], { cwd: folder, env });
    child.stdout?.destroy();
    const [stderr, [code]] = await Promise.all([all(child.stderr), once(child, "close")]);
    expect(stderr).toMatch(/^sweep: all 5 trials are done/m);
    expect(code).toBe(0);
  });
});

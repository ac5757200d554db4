import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/open.ts";
import type { Trial } from "../../src/trial/trial.ts";

const folder = mkdtempSync(join(tmpdir(), "parzen-checkpoint-"));
afterAll(() => rmSync(folder, { recursive: true }));

const script = new URL("../fixtures/studies/resuming-run.mjs", import.meta.url).pathname;
const run = promisify(execFile);

interface Course {
  readonly trials: readonly Trial[];
  readonly files: readonly string[];
  /** `<trial>.<attempt>.<step>` of every step that was made. */
  readonly trace: readonly string[];
}

/** Runs the study until it ends by itself; so often it is killed before. */
async function course(
  name: string,
  how: string,
  kill: { readonly KILL?: "self" | "parent" },
  kills: number,
): Promise<Course> {
  const [location, TRACE] = [join(folder, `${name}.db`), join(folder, `${name}.trace`)];
  const again = (): Promise<unknown> =>
    run(process.execPath, [script, location, how], { env: { ...process.env, ...kill, TRACE } });
  for (let time = 0; time < kills; time++) await expect(again()).rejects.toMatchObject({ signal: "SIGKILL" });
  await again();
  const store = await openStore(location);
  const { study, trials } = await store.snapshot("resuming", 0);
  const files = await store.artifacts.list(study.id);
  await store.close();
  return { trials, files, trace: readFileSync(TRACE, "utf8").trim().split("\n") };
}

const steps = (trial: number, attempt: number, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${trial}.${attempt}.${from + index}`);

const essence = (trial: Trial): unknown => [
  trial.state === "complete" ? trial.losses : trial.state,
  trial.reports,
  trial.assignment,
];

describe("a trial whose process is killed", () => {
  const whole = course("whole", "in-process", {}, 0);

  it.each([
    ["in-process", "self", 5],
    ["pool", "parent", 5],
    ["command", "parent", 7],
  ] as const)("goes on from its checkpoint, bit for bit: %s", async (how, KILL, last) => {
    const { trials, files, trace } = await course(how, how, { KILL }, 2);
    expect(trials.map(essence)).toEqual((await whole).trials.map(essence));
    expect(trials.map(({ attempt, lost }) => [attempt, lost])).toEqual(new Array(2).fill([2, 0]));
    expect(trace).toEqual([0, 1].flatMap((trial) => [...steps(trial, 1, 0, 7), ...steps(trial, 2, last + 1, 11)]));
    expect(files.filter((file) => file.includes("checkpoint"))).toEqual([]);
  });
});

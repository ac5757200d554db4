import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { openStudy, type StudyTrial } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "parzen-kill-"));
afterAll(() => rmSync(folder, { recursive: true }));

const script = new URL("../fixtures/studies/sweep.mjs", import.meta.url).pathname;
const run = promisify(execFile);

/** Of the study that the script runs: some are of the start-up, some of the model. */
const TRIALS = 24;

it("killed at every trial number and resumed, a study proposes what an uninterrupted one proposes", async () => {
  const [whole, killed] = [join(folder, "whole.db"), join(folder, "killed.db")];
  await run(process.execPath, [script, whole]);
  for (let number = 0; number < TRIALS; number++) {
    await expect(run(process.execPath, [script, killed, String(number)])).rejects.toMatchObject({ signal: "SIGKILL" });
  }
  expect((await run(process.execPath, [script, killed])).stdout).toBe("maxTrials\n");
  const [expected, resumed] = [await trialsOf(whole), await trialsOf(killed)];
  expect(resumed.map(essence)).toEqual(expected.map(essence));
  expect(resumed.map((trial) => trial.attempt)).toEqual(new Array(TRIALS).fill(2));
}, 120_000);

async function trialsOf(store: string): Promise<readonly StudyTrial<unknown>[]> {
  const study = await openStudy({ name: "killed", store });
  const trials = await study.trials();
  await study.close();
  return trials;
}

function essence(trial: StudyTrial<unknown>): unknown {
  return [trial.number, trial.params, trial.state, trial.state === "complete" ? trial.loss : null, trial.reports];
}

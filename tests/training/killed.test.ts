import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { runProgram } from "./run-program.ts";
import { runToyStudy } from "./toy-study.ts";

const folder = mkdtempSync(join(tmpdir(), "parzen-killed-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is left of the study of a backend: its only trial, and the weights that this one kept. */
async function outcome(location: string, backend: string) {
  const store = await openStore(location);
  const { study, trials } = await store.snapshot(backend, 0);
  const [trial] = trials;
  const weights = await store.artifacts.of(study.id, 0, trial?.attempt ?? 0).read("weights.bin");
  const files = await store.artifacts.list(study.id);
  await store.close();
  return { trial, weights, files };
}

it("a trial whose process is killed at an epoch goes on there, with the same bits on wasm and cpu", async () => {
  const [whole, parts] = [join(folder, "whole.db"), join(folder, "parts.db")];
  const run = () => runProgram("train-or-die", [parts, join(folder, "killed")]);
  for (let kill = 0; kill < 2; kill++) await expect(run()).rejects.toMatchObject({ signal: "SIGKILL" });
  await run();
  for (const backend of ["wasm", "cpu"] as const) {
    await runToyStudy({ backend, store: whole });
    const [expected, actual] = [await outcome(whole, backend), await outcome(parts, backend)];
    expect(expected.trial).toMatchObject({ state: "complete", attempt: 1 });
    expect(actual.trial).toMatchObject({ state: "complete", attempt: 2, lost: 0 });
    expect(actual.trial?.reports).toHaveLength(7);
    expect(actual.trial?.reports).toEqual(expected.trial?.reports);
    expect(actual.weights?.length).toBeGreaterThan(0);
    expect(actual.weights).toEqual(expected.weights);
    expect(actual.files).toEqual(["0/model.json", "0/weights.bin"]);
  }
}, 120_000);

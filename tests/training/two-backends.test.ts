import { expect, test } from "vitest";
import { type BackendName, describeBackends } from "../../src/training/index.ts";
import { toyParams, toyTraining } from "./toy-training.ts";
import { loneTrial } from "./trial-context.ts";

async function losses(backend: BackendName): Promise<readonly number[]> {
  const trial = loneTrial();
  const result = await toyTraining({ backend }).evaluate(toyParams, trial);
  expect(result).toMatchObject({ attributes: { backend } });
  return trial.reports.map(({ value }) => value);
}

test("trainings on two backends of one process give the same bits as one after the other", async () => {
  const alone = { wasm: await losses("wasm"), cpu: await losses("cpu") };
  expect(alone.wasm).not.toEqual(alone.cpu);
  expect(await Promise.all([losses("wasm"), losses("cpu"), losses("wasm")])).toEqual([
    alone.wasm,
    alone.cpu,
    alone.wasm,
  ]);
});

test("a training goes on as it was while every backend is tried", async () => {
  const alone = await losses("wasm");
  const [beside, described] = await Promise.all([losses("wasm"), describeBackends()]);
  expect(beside).toEqual(alone);
  const works = described.filter(({ refused }) => refused === null).map(({ backend }) => backend);
  expect(works).toEqual(expect.arrayContaining(["wasm", "cpu"]));
});

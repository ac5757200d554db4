import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import transfer from "../../search-spaces/transfer.ts";
import { loadSweep } from "../../src/sweep/load.ts";
import type { Objective } from "../../src/trial/context.ts";
import { asTestable } from "../training/as-testable.ts";
import { loneTrial } from "../training/trial-context.ts";

const file = fileURLToPath(new URL("../../search-spaces/transfer.ts", import.meta.url));
const base = fileURLToPath(new URL("../../search-spaces/data/digits-0-4/", import.meta.url));
const params = { base: { type: "frozen" }, head: { type: "linear" }, dropout: 0.2, learningRate: 0.008 } as const;

/** Bytes of the first layer's kernel, 3x3 of 32 filters, which begin the weights of a base. */
const KERNEL = 4 * 9 * 32;

describe("transfer", () => {
  test("two epochs on 90 images of other digits tell four of five of them apart", async () => {
    const trial = loneTrial({ studySeed: 1, verdict: (step) => (step === 1 ? "prune" : "continue") });
    const result = await asTestable(transfer.objective).evaluate(params, trial);
    expect(trial.reports).toHaveLength(2);
    expect(typeof result === "number" ? 0 : result.metrics?.["accuracy"]).toBeGreaterThanOrEqual(0.8);
  });

  const kernel = readFileSync(join(base, "weights.bin")).subarray(0, KERNEL);

  test("the first layer learns where it is not frozen", async () => {
    const tuned = { ...params, base: { type: "tuned", frozen: 0, rate: 0.3 } } as const;
    expect((await firstCheckpoint(transfer.objective, tuned)).includes(kernel)).toBe(false);
  });

  test("with its other layers tuned, the first one stays, and 95 of 100 images that it never saw are read", async () => {
    const tuned = { ...params, base: { type: "tuned", frozen: 1, rate: 0.3 } } as const;
    // A third of the epochs: the others are worth a point or two.
    const trial = loneTrial({ studySeed: 1, verdict: (step) => (step === 19 ? "prune" : "continue") });
    const result = await asTestable(transfer.objective).evaluate(tuned, trial);
    const kept = trial.checkpoints.map(({ files }) => Buffer.concat(Object.values(files)));
    expect(kept.length).toBeGreaterThan(0);
    for (const files of kept) expect(files.includes(kernel)).toBe(true);
    expect(typeof result === "number" ? 0 : result.metrics?.["accuracy"]).toBeGreaterThanOrEqual(0.95);
  });
});

/** What a training keeps after its first ten epochs, the weights among it. */
async function firstCheckpoint<P>(objective: Objective<P> | undefined, params: P): Promise<Buffer> {
  const trial = loneTrial({ studySeed: 1, verdict: (step) => (step === 10 ? "prune" : "continue") });
  await asTestable(objective).evaluate(params, trial);
  return Buffer.concat(trial.checkpoints.flatMap(({ files }) => Object.values(files)));
}

describe("with weights of one's own", () => {
  const folder = mkdtempSync(join(tmpdir(), "parzen-transfer-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => void vi.unstubAllEnvs());

  test("it builds upon these, and they belong to the objective's version", async () => {
    const shipped = await loadSweep(file);
    const weights = readFileSync(join(base, "weights.bin"));
    new Float32Array(weights.buffer, weights.byteOffset, KERNEL / 4).fill(0.1);
    writeFileSync(join(folder, "own.bin"), weights);
    const model = readFileSync(join(base, "model.json"), "utf8").replace("weights.bin", "own.bin");
    writeFileSync(join(folder, "model.json"), model);
    vi.stubEnv("PARZEN_PRETRAINED", join(folder, "model.json"));
    const own = await loadSweep(file);
    expect(own.data).toEqual(expect.arrayContaining([join(folder, "model.json"), join(folder, "own.bin")]));
    expect(own.version).not.toBe(shipped.version);
    expect((await firstCheckpoint(own.objective ?? undefined, params)).includes(weights.subarray(0, KERNEL))).toBe(
      true,
    );
  });

  test("it is refused where they are missing, before any trial", async () => {
    vi.stubEnv("PARZEN_PRETRAINED", join(folder, "none.json"));
    await expect(loadSweep(file)).rejects.toThrow(/none\.json/);
  });
});

import { createRequire } from "node:module";
import { afterEach, beforeAll, expect, test } from "vitest";
import { loadBackend, type TensorFlow } from "../../../src/training/index.ts";
import { plantKernel } from "../backends/plant.ts";
import { expectSameOnBoth, loadBoth } from "./both-backends.ts";
import { poolingCases } from "./gradients/pooling.ts";

const require = createRequire(import.meta.url);
require("@tensorflow/tfjs-backend-wasm");
// Taken before the training kernels are installed.
const stock = (require("@tensorflow/tfjs-core") as TensorFlow).getKernel("MaxPoolGrad", "wasm");

let tf: TensorFlow;
let remove = () => {};

beforeAll(async () => {
  tf = await loadBoth();
});

afterEach(() => remove());

test("the stock max-pool gradient, planted, fails the comparison with the cpu backend", async () => {
  const negative = poolingCases.find(({ name }) => name.includes("negative"))!;
  await expectSameOnBoth(tf, negative.compute);
  remove = plantKernel(tf, stock);
  await expect(expectSameOnBoth(tf, negative.compute)).rejects.toThrow("result 0");
});

test("and the self-test: the backend is refused with the reason", async () => {
  await loadBackend({ prefer: "cpu" });
  remove = plantKernel(tf, stock);
  await expect(loadBackend({ prefer: "wasm" })).rejects.toMatchObject({
    code: "NO_BACKEND",
    message: expect.stringMatching(/wasm: gradient self-test failed: max pooling/),
  });
});

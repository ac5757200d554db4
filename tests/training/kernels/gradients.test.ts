import { beforeAll, describe, test } from "vitest";
import type { TensorFlow } from "../../../src/training/index.ts";
import { type Computation, expectSameOnBoth, loadBoth } from "./both-backends.ts";
import { convolutionCases } from "./gradients/convolutions.ts";
import { layerCases } from "./gradients/layers.ts";
import { poolingCases } from "./gradients/pooling.ts";
import { tensorCases } from "./gradients/tensors.ts";

let tf: TensorFlow;

beforeAll(async () => {
  tf = await loadBoth();
});

const CASES: { readonly [what: string]: readonly Computation[] } = {
  convolutions: convolutionCases,
  pooling: poolingCases,
  "products and places": tensorCases,
  "layers and optimizers": layerCases,
};

describe.each(Object.entries(CASES))("gradients on wasm equal those on cpu: %s", (_what, cases) => {
  test.each(cases.map((one) => [one.name, one] as const))("%s", async (_name, { compute }) => {
    await expectSameOnBoth(tf, compute);
  });
});

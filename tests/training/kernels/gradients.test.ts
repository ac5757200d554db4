import { beforeAll, describe, test } from "vitest";
import type { TensorFlow } from "../../../src/training/index.ts";
import { expectSameOnBoth, loadBoth } from "./both-backends.ts";
import { GRADIENT_CASES } from "./gradients/all.ts";

let tf: TensorFlow;

beforeAll(async () => {
  tf = await loadBoth();
});

describe.each(Object.entries(GRADIENT_CASES))("gradients on wasm equal those on cpu: %s", (_kind, cases) => {
  test.each(cases.map((one) => [one.name, one] as const))("%s", async (_name, { compute }) => {
    await expectSameOnBoth(tf, compute);
  });
});

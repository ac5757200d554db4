import { describe, expect, it } from "vitest";
import { hp } from "../../src/space/hp.ts";
import type { SpaceNode } from "../../src/space/node.ts";
import { distributionOf } from "../../src/space/node-distribution.ts";
import { isInside } from "../../src/space/values.ts";

const { EPSILON, NaN: NAN, POSITIVE_INFINITY: INFINITE } = Number;

const BOUNDS: readonly (readonly [node: SpaceNode, inside: readonly number[], outside: readonly number[]])[] = [
  [hp.uniform(-1, 2), [-1, 0, 2], [-1 - EPSILON * 2, 2.0000001, NAN, INFINITE]],
  [hp.quniform(0, 1, 0.1), [0, 0.1, 0.30000000000000004, 1], [-0.1, 0.05, 1.1]],
  [hp.quniform(0.15, 0.5, 0.1), [0.2, 0.5], [0.1, 0.15]],
  [hp.loguniform(1e-5, 0.1), [1e-5, 0.1], [0, 1e-6, 0.11]],
  [hp.qloguniform(2, 64, 2), [2, 64], [1, 3, 66]],
  [hp.uniformint(-2, 2), [-2, 0, 2], [-3, 0.5, 3]],
  [hp.normal(0, 1), [-100, 0, 100], [NAN, -INFINITE]],
  [hp.qnormal(0, 1, 0.5), [-1.5, 0, 2], [0.25]],
  [hp.lognormal(0, 1), [1e-9, 5], [0, -1]],
  [hp.qlognormal(0, 1, 1), [0, 1, 7], [-1, 0.5]],
  [hp.randint(3), [0, 2], [-1, 3, 1.5]],
  [hp.randint(2, 4), [2, 3], [1, 4]],
  [hp.choice(["a", "b"]), [0, 1], [-1, 2, 0.5]],
  [hp.pchoice([[1, "a"]]), [0], [1]],
];

describe("isInside", () => {
  it.each(BOUNDS)("%j", (node, inside, outside) => {
    const distribution = distributionOf(node, "");
    expect(inside.filter((value) => !isInside(distribution, value))).toEqual([]);
    expect(outside.filter((value) => isInside(distribution, value))).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differences } from "../../src/space/difference.ts";
import { fingerprint } from "../../src/space/fingerprint.ts";
import { hp } from "../../src/space/hp.ts";
import type { RootSpace, Space } from "../../src/space/node.ts";
import { anySpace } from "./arbitrary.ts";

const shuffled = (space: Space): Space => {
  if (typeof space !== "object" || space === null) return space;
  if (Array.isArray(space)) return space.map(shuffled);
  return Object.fromEntries(
    Object.entries(space)
      .toReversed()
      .map(([key, value]) => [key, shuffled(value as Space)]),
  );
};

describe("fingerprint", () => {
  it("is canonical JSON", () => {
    expect(fingerprint({ lr: hp.loguniform(1e-5, 0.1), a: { c: "x", b: [1, null, true] } })).toBe(
      '{"a":{"b":[1,null,true],"c":"x"},"lr":{"loguniform":[0.00001,0.1]}}',
    );
  });

  it("does not depend on the order of keys, nor on a way through JSON", () => {
    fc.assert(
      fc.property(anySpace, (space) => {
        expect(fingerprint(shuffled(space))).toBe(fingerprint(space));
        expect(fingerprint(JSON.parse(JSON.stringify(space)))).toBe(fingerprint(space));
      }),
    );
  });

  it("depends on the order of options, on bounds, on constants", () => {
    const base = fingerprint({ a: hp.choice([1, 2]), b: hp.uniform(0, 1), c: 1 });
    expect(fingerprint({ a: hp.choice([2, 1]), b: hp.uniform(0, 1), c: 1 })).not.toBe(base);
    expect(fingerprint({ a: hp.choice([1, 2]), b: hp.uniform(0, 2), c: 1 })).not.toBe(base);
    expect(fingerprint({ a: hp.choice([1, 2]), b: hp.uniform(0, 1), c: "1" })).not.toBe(base);
  });

  it("knows the short form of randint", () => {
    expect(fingerprint({ a: hp.randint(8) })).toBe(fingerprint({ a: hp.randint(0, 8) }));
  });
});

describe("differences", () => {
  it("are none exactly where the fingerprints are equal", () => {
    fc.assert(
      fc.property(anySpace, anySpace, (left, right) => {
        expect(differences(left, shuffled(left) as RootSpace)).toEqual([]);
        expect(differences(left, right).length === 0).toBe(fingerprint(left) === fingerprint(right));
      }),
    );
  });

  it("are named by path, in words for a message", () => {
    const before = {
      lr: hp.loguniform(1e-5, 0.1),
      decay: hp.uniform(0, 1),
      epochs: 10,
      act: hp.choice(["relu", "tanh"]),
      optimizer: hp.choice([{ type: "sgd" }, { type: "adam" }]),
    };
    const after = {
      lr: hp.loguniform(1e-4, 0.1),
      epochs: 20,
      act: hp.pchoice([
        [0.75, "relu"],
        [0.25, "tanh"],
      ]),
      optimizer: hp.choice([{ type: "sgd", momentum: hp.uniform(0, 0.99) }, { type: "adam" }]),
    };
    expect(differences(before, after)).toEqual([
      { path: "act", before: 'choice ["relu", "tanh"]', after: 'pchoice ["relu": 0.75, "tanh": 0.25]' },
      { path: "decay", before: "uniform [0, 1]", after: null },
      { path: "epochs", before: "10", after: "20" },
      { path: "lr", before: "loguniform [0.00001, 0.1]", after: "loguniform [0.0001, 0.1]" },
      { path: "optimizer.sgd.momentum", before: null, after: "uniform [0, 0.99]" },
    ]);
  });

  it("are none where the weights of a pchoice come to the same probabilities", () => {
    const weighed = (...weights: readonly [number, number]): RootSpace => ({
      act: hp.pchoice([
        [weights[0], "relu"],
        [weights[1], "tanh"],
      ]),
    });
    const [before, after] = [weighed(0.5, 0.5), weighed(0.5000001, 0.5000001)];
    expect(fingerprint(before)).not.toBe(fingerprint(after));
    expect(differences(before, after)).toEqual([]);
    expect(differences(before, weighed(0.4, 0.6))).toHaveLength(1);
  });
});

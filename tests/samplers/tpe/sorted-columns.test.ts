import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Column } from "../../../src/samplers/tpe/column.ts";
import { SortedColumns } from "../../../src/samplers/tpe/sorted-columns.ts";
import { forgettingWeights } from "../../../src/samplers/tpe/weights.ts";
import type { Assignment } from "../../../src/space/assignment.ts";
import { compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";

const space = compileSpace({ m: hp.choice(["plain", { x: hp.uniform(0, 1) }]), y: hp.uniformint(0, 5) });
const X = space.dimensions.findIndex(({ path }) => path.endsWith("x"));
const X_PATH = space.dimensions[X]!.path;
const Y = space.dimensions.findIndex(({ path }) => path === "y");

const assignments: fc.Arbitrary<Assignment[]> = fc.array(
  fc
    .record({ x: fc.option(fc.integer({ min: 0, max: 8 })), y: fc.integer({ min: 0, max: 5 }) })
    .map(({ x, y }) => (x === null ? { m: 0, y } : { m: 1, [X_PATH]: x / 8, y })),
  { maxLength: 60 },
);

const fresh = () =>
  new SortedColumns(
    space,
    space.dimensions.map(() => (value: number) => value),
  );

function partsOf(columns: SortedColumns, best: readonly number[]) {
  const part = columns.part(best);
  return [X, Y].map((dimension) => {
    const { below, above } = part(dimension);
    return [below, above].map(({ size, values, weights }) => ({
      values: Array.from(values.subarray(0, size)),
      weights: Array.from(weights.subarray(0, size)),
    }));
  });
}

/** The same by the definition: each side in order of age weighted, then sorted by value. */
function expected(all: readonly Assignment[], best: readonly number[]) {
  return [X_PATH, "y"].map((path) =>
    [true, false].map((isBelow) => {
      const ages = all.flatMap((assignment, trial) => {
        const value = assignment[path];
        return value === undefined || best.includes(trial) !== isBelow ? [] : [value];
      });
      const weights = forgettingWeights(ages.length);
      const sorted = ages.map((value, age) => ({ value, weight: weights[age] ?? 0 })).sort((a, b) => a.value - b.value);
      return { values: sorted.map(({ value }) => value), weights: sorted.map(({ weight }) => weight) };
    }),
  );
}

describe("the sorted columns of a study", () => {
  it("is parted as its definition says, however it came about", () => {
    fc.assert(
      fc.property(fc.array(assignments, { minLength: 1, maxLength: 4 }), fc.boolean(), (versions, readAnew) => {
        const columns = fresh();
        let all: Assignment[] = [];
        for (const added of versions) {
          all = [...all.slice(0, Math.floor(all.length * 0.8)), ...added];
          columns.update(readAnew ? structuredClone(all) : all);
          const best = all.map((_, trial) => trial).filter((trial) => trial % 9 === 2);
          expect(partsOf(columns, best)).toEqual(expected(all, best));
        }
      }),
    );
  });

  it("grows without end", () => {
    const column = new Column((value) => value);
    for (let trial = 0; trial < 300; trial++) column.append([(trial * 7919) % 300]);
    const { above } = column.part(new Float64Array(300).fill(1), 0);
    expect(Array.from(above.values.subarray(0, 300))).toEqual(Array.from({ length: 300 }, (_, value) => value));
  });
});

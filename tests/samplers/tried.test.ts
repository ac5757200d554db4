import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TriedConfigurations } from "../../src/samplers/tried.ts";
import type { Assignment } from "../../src/space/assignment.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";

const space = compileSpace({
  a: hp.choice([{ type: "grid", x: hp.quniform(0, 0.3, 0.1) }, { type: "point" }]),
  b: hp.uniformint(-1, 1),
});

/** 3 · (4 + 1) configurations, so that many come twice. */
const assignments: fc.Arbitrary<Assignment> = fc.oneof(
  fc.record({ a: fc.constant(0), "a.grid.x": fc.constantFrom(0, 0.1, 0.2, 0.3), b: fc.integer({ min: -1, max: 1 }) }),
  fc.record({ a: fc.constant(1), b: fc.integer({ min: -1, max: 1 }) }),
);

const text = (assignment: Assignment): string =>
  JSON.stringify(space.dimensions.map(({ path }) => assignment[path] ?? null));

describe("TriedConfigurations", () => {
  it("knows and counts what a set would, as trials come and go", () => {
    const trials = fc.array(fc.record({ assignment: assignments }), { maxLength: 30 });
    const steps = fc.array(fc.record({ kept: fc.nat(40), added: trials, pending: trials }), { maxLength: 6 });
    fc.assert(
      fc.property(steps, assignments, (changes, asked) => {
        let finished: { assignment: Assignment }[] = [];
        for (const { kept, added, pending } of changes) {
          finished = [...finished.slice(0, kept), ...added];
          const tried = new TriedConfigurations(space, finished, pending);
          const expected = new Set([...finished, ...pending].map(({ assignment }) => text(assignment)));
          expect(tried.size).toBe(expected.size);
          expect(tried.has(asked)).toBe(expected.has(text(asked)));
        }
      }),
    );
  });

  it("reads on where the same array has grown", () => {
    const finished = [{ assignment: { a: 1, b: 0 } }];
    expect(new TriedConfigurations(space, finished, []).size).toBe(1);
    finished.push({ assignment: { a: 1, b: 1 } }, { assignment: { a: 1, b: 0 } });
    const tried = new TriedConfigurations(space, finished, []);
    expect([tried.size, tried.has({ a: 1, b: 1 }), tried.has({ a: 1, b: -1 })]).toEqual([2, true, false]);
    finished.splice(1, 0, { assignment: { a: 1, b: -1 } }); // a result that comes late stands where its number is
    const more = new TriedConfigurations(space, finished, []);
    expect([more.size, more.has({ a: 1, b: 1 }), more.has({ a: 1, b: -1 })]).toEqual([3, true, true]);
  });

  it("takes a value for another only where the space does", () => {
    const real = compileSpace({ x: hp.uniform(-1, 1), n: hp.qnormal(0, 1, 0.1) });
    const tried = new TriedConfigurations(real, [{ assignment: { x: 0, n: 0.1 + 0.2 } }], []);
    expect(tried.has({ x: 0, n: 0.3 })).toBe(true);
    expect(tried.has({ x: -0, n: 0.3 })).toBe(true);
    expect(tried.has({ x: Number.MIN_VALUE, n: 0.3 })).toBe(false);
    expect(tried.has({ x: 0, n: 0.4 })).toBe(false);
  });
});

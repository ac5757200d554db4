import fc from "fast-check";
import { expect, it } from "vitest";
import { AllowedSteps } from "../../../src/samplers/grid/allowed-steps.ts";
import { resolveGridOptions } from "../../../src/samplers/grid/options.ts";
import { type GridPoints, gridPoints } from "../../../src/samplers/grid/points.ts";
import type { Assignment } from "../../../src/space/assignment.ts";
import { compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";

type IsAllowed = (assignment: Assignment) => boolean;

/** Once around the grid, every step looked at anew. */
function walked({ size, stride, at }: GridPoints, isAllowed: IsAllowed, first: number): readonly Assignment[] {
  const steps = Array.from({ length: Number(size) }, (_, step) => BigInt(first + step));
  return steps.map((step) => at((step * stride) % size)).filter(isAllowed);
}

it("gives what a walk from any turn gives, whatever turns came before and however far these were followed", () => {
  const turn = fc.record({ first: fc.nat(60), taken: fc.nat(30) });
  const forbidden = fc.uniqueArray(fc.nat(29), { maxLength: 30 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), forbidden, fc.array(turn, { maxLength: 8 }), (width, not, turns) => {
      const space = compileSpace({ a: hp.uniformint(0, width), b: hp.uniformint(0, 4) });
      const points = gridPoints(space, resolveGridOptions({}));
      const isAllowed: IsAllowed = ({ a = 0, b = 0 }) => !not.includes(5 * a + b);
      const steps = new AllowedSteps(points, isAllowed);
      for (const { first, taken } of turns) {
        const expected = walked(points, isAllowed, first).slice(0, taken);
        const given: Assignment[] = [];
        for (const assignment of steps.from(first)) {
          if (given.length === taken) break;
          given.push(assignment);
        }
        expect(given).toEqual(expected);
      }
    }),
  );
});

it("finds nothing behind a gap of a million steps, also where another turn has found it", () => {
  const space = compileSpace({ a: hp.randint(1_000_003), b: hp.choice([0]) });
  const { size, stride, at } = gridPoints(space, resolveGridOptions({}));
  const { a: only } = at((1_000_002n * stride) % size);
  const isAllowed: IsAllowed = ({ a }) => a === only;
  const shared = new AllowedSteps({ size, stride, at }, isAllowed);
  for (const first of [0, 2, 3, 0, 2]) {
    const fresh = new AllowedSteps({ size, stride, at }, isAllowed);
    const found = [...fresh.from(first)].length;
    expect(found).toBe(first === 3 ? 1 : 0);
    expect([...shared.from(first)]).toHaveLength(found);
  }
});

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

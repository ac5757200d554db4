import { describe, expect, it } from "vitest";
import { sensitivitiesOf } from "../../src/importance/sensitivity.ts";
import { type Point, pointSpaceOf } from "../../src/samplers/points.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { decode } from "../../src/space/decode.ts";
import { hp } from "../../src/space/hp.ts";
import type { ParamsOf } from "../../src/space/infer.ts";
import type { RootSpace } from "../../src/space/node.ts";

/** By path, the sensitivities of a function of params: total, then alone. */
function sensitivities<const S extends RootSpace>(
  space: S,
  value: (params: ParamsOf<S>) => number,
  allows?: (params: ParamsOf<S>) => boolean,
): { readonly [path: string]: readonly [number, number] } {
  const compiled = compileSpace(space);
  const points = pointSpaceOf(compiled);
  const params = (point: Point) => decode(compiled, points.assignmentOf(point)) as ParamsOf<S>; // of this space
  const found = sensitivitiesOf(points, (point) => value(params(point)), allows ? (at) => allows(params(at)) : null);
  return Object.fromEntries(
    compiled.dimensions.map(({ path }, index) => [path, [found[index]?.total ?? -1, found[index]?.alone ?? -1]]),
  );
}

/** Of the estimates, with 1,024 pairs. */
const near = (figure: number) => expect.closeTo(figure, 1.4);

describe("sensitivities", () => {
  it("are those of Ishigami's function, which are known", () => {
    const side = hp.uniform(-Math.PI, Math.PI);
    const ishigami = ({ x, y, z }: { x: number; y: number; z: number }): number =>
      Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x);
    expect(sensitivities({ x: side, y: side, z: side }, ishigami)).toEqual({
      x: [near(0.5576), near(0.3139)],
      y: [near(0.4424), near(0.4424)],
      z: [near(0.2437), near(0)],
    });
  });

  it("of a sum are the shares of its terms, with others and alone", () => {
    // Variances: 16/12 of x, 1/4 of the logarithm of lr, 1 of kind.
    const space = { x: hp.uniform(0, 4), lr: hp.loguniform(1, Math.exp(Math.sqrt(3))), kind: hp.choice(["a", "b"]) };
    const sum = 16 / 12 + 1 / 4 + 1;
    expect(sensitivities(space, ({ x, lr, kind }) => x + Math.log(lr) + (kind === "a" ? 2 : 0))).toEqual({
      x: [near(16 / 12 / sum), near(16 / 12 / sum)],
      lr: [near(1 / 4 / sum), near(1 / 4 / sum)],
      kind: [near(1 / sum), near(1 / sum)],
    });
  });

  it("of one dimension alone are never more than of it with others", () => {
    const space = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`x${index}`, hp.uniform(0, index + 1)]));
    const sum = (params: object): number => Object.values(params).reduce((all: number, x: number) => all + x, 0);
    const found = Object.values(sensitivities(space, sum));
    expect(found.filter(([total, alone]) => alone > total)).toEqual([]);
    expect(Object.values(sensitivities(space, sum, ({ x7 }) => Number(x7) < 4)).filter(([t, a]) => a > t)).toEqual([]);
  });

  it("count what depends on a choice where it is active", () => {
    const space = { kind: hp.choice([{ type: "a", y: hp.uniform(0, 1) }, { type: "b" }]) };
    expect(sensitivities(space, ({ kind }) => (kind.type === "a" ? kind.y : 0))).toEqual({
      kind: [near(0.8), near(0.6)],
      "kind.a.y": [near(0.4), near(0.2)],
    });
  });

  it("never ask for a point that relations forbid", () => {
    const space = { x: hp.uniform(0, 1), y: hp.uniform(0, 1), z: hp.uniform(0, 1) };
    const below = ({ x, y }: { x: number; y: number }): boolean => x < y;
    const asked: boolean[] = [];
    const found = sensitivities(
      space,
      (params) => {
        asked.push(below(params));
        return params.x;
      },
      below,
    );
    expect(asked.every(Boolean)).toBe(true);
    expect(found["z"]).toEqual([0, near(0)]);
    expect(found["x"]?.[0]).toBeGreaterThan(0.5);
  });

  it("of what is constant, or allowed nowhere, are zeros", () => {
    const space = { x: hp.uniform(0, 1) };
    expect(sensitivities(space, () => 3)).toEqual({ x: [0, 0] });
    expect(
      sensitivities(
        space,
        ({ x }) => x,
        () => false,
      ),
    ).toEqual({ x: [0, 0] });
  });
});

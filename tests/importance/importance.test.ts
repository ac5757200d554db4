import { describe, expect, it } from "vitest";
import { type Importance, importanceOf } from "../../src/importance/importance.ts";
import { stream } from "../../src/random/stream.ts";
import { pointSpaceOf } from "../../src/samplers/points.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { decode } from "../../src/space/decode.ts";
import { hp } from "../../src/space/hp.ts";
import type { Observation } from "../../src/trial/observation.ts";

const space = compileSpace({
  x: hp.uniform(0, 1),
  lr: hp.loguniform(1e-4, 1),
  kind: hp.choice(["a", "b"]),
  idle: hp.uniform(0, 1),
});
interface Params {
  readonly x: number;
  readonly lr: number;
  readonly kind: "a" | "b";
  readonly idle: number;
}

/** Variances: 4/12 of x, 1/12 of lr, 1/64 of kind. */
const sum = ({ x, lr, kind }: Params): number => 2 * x + (Math.log10(lr) + 4) / 4 + (kind === "a" ? 0.25 : 0);

function observe(count: number, result: (params: Params, index: number) => Observation["result"]): Observation[] {
  const points = pointSpaceOf(space);
  const rng = stream("importance", count);
  return Array.from({ length: count }, (_, number) => {
    const assignment = points.assignmentOf(points.draw(rng));
    const params = decode(space, assignment) as Params; // of this space
    return { number, assignment, reports: [], result: result(params, number) };
  });
}

const complete = (loss: number): Observation["result"] => ({ kind: "complete", losses: [loss] });
const importance = (observations: readonly Observation[]): Importance | null =>
  importanceOf({ space, relations: [], observations });
const byPath = (found: Importance | null) =>
  Object.fromEntries((found?.params ?? []).map((param) => [param.path, param]));

describe("importanceOf", () => {
  it("finds the shares of a sum from fifty trials, the greatest first", () => {
    const found = importance(observe(50, (params) => complete(sum(params))));
    const all = 4 / 12 + 1 / 12 + 1 / 64;
    expect(found?.params.map(({ path }) => path)).toEqual(["x", "lr", "kind", "idle"]);
    expect(byPath(found)).toMatchObject({
      x: { importance: expect.closeTo(4 / 12 / all, 1), alone: expect.closeTo(4 / 12 / all, 1) },
      lr: { importance: expect.closeTo(1 / 12 / all, 1) },
      kind: { importance: expect.closeTo(1 / 64 / all, 1) },
      idle: { importance: expect.closeTo(0, 1) },
    });
    expect(found?.trials).toBe(50);
    expect(found?.explained).toBeGreaterThan(0.95);
  });

  it("says the same of the same trials", () => {
    const observations = observe(20, (params) => complete(sum(params)));
    expect(importance(observations)).toEqual(importance(structuredClone(observations)));
  });

  it("says that trials explain nothing where losses are chance", () => {
    const rng = stream("chance");
    expect(importance(observe(60, () => complete(rng.next())))?.explained).toBeLessThan(0.2);
  });

  it("takes no loss that is far out for all that matters", () => {
    const usual = byPath(importance(observe(50, (params) => complete(sum(params)))));
    for (const loss of [1e6, 1e300]) {
      const found = byPath(importance(observe(50, (params, n) => complete(n % 17 === 3 ? loss : sum(params)))));
      expect(found["x"]?.importance).toBeGreaterThan((usual["x"]?.importance ?? 1) / 2);
    }
  });

  it("leaves failed trials out, and learns from pruned ones", () => {
    const some = observe(60, (params, n) => (n % 3 === 0 ? { kind: "failed" } : complete(sum(params))));
    expect(importance(some)).toEqual(importance(some.filter(({ result }) => result.kind !== "failed")));
    const pruned = observe(40, (params, n) => {
      const loss = sum(params);
      return n % 2 === 0 ? complete(loss) : { kind: "pruned", losses: [loss] };
    });
    const reported = pruned.map((trial) => ({ ...trial, reports: [{ step: 1, value: lossOf(trial) }] }));
    expect(importance(reported)).toMatchObject({ trials: 40, params: [{ path: "x" }, {}, {}, {}] });
  });

  it("is zero where all losses are equal", () => {
    const found = importance(observe(12, () => complete(7)));
    expect(found).toMatchObject({ explained: 0, trials: 12 });
    expect(found?.params.every((param) => param.importance === 0 && param.alone === 0)).toBe(true);
  });

  it("says nothing with fewer than ten losses", () => {
    expect(importance(observe(9, (params) => complete(sum(params))))).toBeNull();
    expect(importance(observe(40, () => ({ kind: "failed" })))).toBeNull();
    expect(importance([])).toBeNull();
  });
});

function lossOf({ result }: Observation): number {
  return result.kind === "failed" ? Number.NaN : result.losses[0];
}

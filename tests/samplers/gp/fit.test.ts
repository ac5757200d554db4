import { describe, expect, it } from "vitest";
import { stream } from "../../../src/random/stream.ts";
import { DOUBT } from "../../../src/samplers/gp/data/doubt.ts";
import { trainingData } from "../../../src/samplers/gp/data/training-data.ts";
import { transformLosses } from "../../../src/samplers/gp/data/transform.ts";
import { fitTheta } from "../../../src/samplers/gp/fit/fit.ts";
import { doubtsOf } from "../../../src/samplers/gp/kernel/theta.ts";
import { PointSpace } from "../../../src/samplers/points.ts";
import { triedOf } from "../../../src/samplers/tpe/joint/tried-points.ts";
import { compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";
import { requestOf } from "../../../src/testing/samplers/history.ts";
import type { Observation } from "../../../src/trial/observation.ts";

const rng = stream("fit");

describe("a fit", () => {
  it("believes failures where losses are high, and doubts those that are chance", () => {
    const line = new PointSpace(compileSpace({ x: hp.uniform(0, 1) }));
    const drawn = Array.from({ length: 40 }, () => line.draw(rng));
    const doubtWhere = (fails: (x: number, i: number) => boolean): number => {
      const losses = drawn.map(([x = 0], i) => (fails(x, i) ? Number.NaN : Math.sin(12 * x)));
      const given = transformLosses(Float64Array.from(losses), "wide");
      const fit = fitTheta(line, { rows: drawn, ...given }, { smoothness: "5/2", start: null });
      return doubtsOf(fit)[DOUBT.failed] ?? Number.NaN;
    };
    expect(doubtWhere((_, i) => i % 5 === 0)).toBeGreaterThan(5 * doubtWhere((x) => Math.sin(12 * x) > 0.7));
  });

  it("believes guesses that agree with losses nearby, and doubts others", () => {
    const space = compileSpace({ x: hp.uniform(0, 1) });
    const line = new PointSpace(space);
    const doubtOf = (error: number): number => {
      const observations = Array.from({ length: 40 }, (_, i): Observation => {
        const x = (i * 0.618) % 1;
        const loss = Math.sin(12 * x) + (i % 2 === 0 ? 0 : error * Math.cos(7 * i));
        const kind = i % 2 === 0 ? "complete" : "pruned";
        return { number: i, assignment: { x }, reports: [], result: { kind, losses: [loss] } };
      });
      const request = requestOf({ space, observations });
      const data = trainingData(triedOf(line, request), "wide");
      return doubtsOf(fitTheta(line, data, { smoothness: "5/2", start: null }))[DOUBT.guessed] ?? Number.NaN;
    };
    expect(doubtOf(1)).toBeGreaterThan(10 * doubtOf(0));
  });

  it("finds what does not matter", () => {
    const line = new PointSpace(compileSpace({ a: hp.uniform(0, 1), b: hp.uniform(0, 1) }));
    const drawn = Array.from({ length: 30 }, () => line.draw(rng));
    const losses = transformLosses(
      Float64Array.from(drawn, ([a = 0]) => Math.sin(6 * a)),
      "wide",
    );
    const fitted = fitTheta(line, { rows: drawn, ...losses }, { smoothness: "3/2", start: null });
    expect((fitted[0] ?? 0) - (fitted[1] ?? 0)).toBeGreaterThan(2);
  });
});

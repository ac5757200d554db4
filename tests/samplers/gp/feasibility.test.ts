import { describe, expect, it } from "vitest";
import { stream } from "../../../src/random/stream.ts";
import { feasiblePoints } from "../../../src/samplers/gp/belief/feasibility.ts";
import { DOUBT } from "../../../src/samplers/gp/data/doubt.ts";
import { gp } from "../../../src/samplers/gp/gp.ts";
import { Kernel } from "../../../src/samplers/gp/kernel/kernel.ts";
import { thetaPrior } from "../../../src/samplers/gp/kernel/theta.ts";
import { PointSpace } from "../../../src/samplers/points.ts";
import { compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";
import { requestOf } from "../../../src/testing/samplers/history.ts";
import type { Observation, ObservedResult } from "../../../src/trial/observation.ts";
import { complete } from "./histories.ts";

const points = new PointSpace(compileSpace({ x: hp.uniform(0, 1), act: hp.choice(["relu", "tanh"]) }));
const kernel = new Kernel(points, thetaPrior(points).means, "5/2");
const rows = Array.from({ length: 40 }, (_, i) => points.draw(stream("feasibility", i)));
const xOf = (point: ArrayLike<number>): number => point[points.numeric[0] ?? 0] ?? 0;

/** How often a point is open, of 400 proposals. */
function openness(x: number, fails: (x: number, i: number) => boolean): number {
  const doubts = Uint8Array.from(rows, (row, i) => (fails(xOf(row), i) ? DOUBT.failed : DOUBT.none));
  const point = points.fill((coordinate) => (coordinate.kind === "numeric" ? x : 0));
  const data = { rows, targets: new Float64Array(rows.length), doubts };
  const open = Array.from({ length: 400 }, (_, i) => feasiblePoints(kernel, data, stream("open", i))?.(point) ?? true);
  return open.filter(Boolean).length / open.length;
}

describe("feasible points", () => {
  it("all are where no trial failed, whatever was pruned, and nothing is drawn", () => {
    const rng = { next: () => expect.unreachable() };
    const data = {
      rows,
      targets: new Float64Array(rows.length),
      doubts: new Uint8Array(rows.length).fill(DOUBT.guessed),
    };
    expect(feasiblePoints(kernel, data, rng)).toBeNull();
  });

  it("where all fail, few proposals go; where none does, as many as ever", () => {
    expect(openness(0.9, (x) => x > 0.6)).toBeLessThan(0.25);
    expect(openness(0.9, (x) => x > 0.6)).toBeGreaterThan(0.05);
    expect(openness(0.2, (x) => x > 0.6)).toBe(1);
  });

  it("failures that are chance leave most of it open", () => {
    const mean = [0.1, 0.3, 0.5, 0.7, 0.9].reduce((sum, x) => sum + openness(x, (_, i) => i % 5 === 0) / 5, 0);
    expect(mean).toBeGreaterThan(0.7);
    expect(mean).toBeLessThan(1);
  });
});

describe("a history with failures", () => {
  const line = compileSpace({ x: hp.uniform(0, 1) });
  const failed: ObservedResult = { kind: "failed" };

  /** Where twenty trials after forty random ones would go. */
  function proposed(resultOf: (x: number, i: number) => ObservedResult): number[] {
    const observations = Array.from({ length: 40 }, (_, number): Observation => {
      const x = stream("line", number).next();
      return { number, assignment: { x }, reports: [], result: resultOf(x, number) };
    });
    return Array.from({ length: 20 }, (_, i) => {
      const proposal = gp().propose(requestOf({ space: line, observations, trialNumber: 500 + i }));
      return proposal.kind === "try" ? (proposal.assignment["x"] ?? Number.NaN) : Number.NaN;
    });
  }

  it.each([
    ["1e300", complete(1e300)],
    ["a failure", failed],
  ])("%s now and then does not hide where the others are low", (_, bad) => {
    const xs = proposed((x, i) => (i % 4 === 0 ? bad : complete((x - 0.7) ** 2)));
    expect(xs.filter((x) => Math.abs(x - 0.7) < 0.05).length).toBeGreaterThan(12);
  });

  it("where all fail is seldom tried, however promising the way there", () => {
    const xs = proposed((x) => (x > 0.7 ? failed : complete(1 - x)));
    expect(xs.filter((x) => x > 0.75).length).toBeLessThan(5);
    expect(xs.filter((x) => x > 0.6 && x < 0.75).length).toBeGreaterThan(12);
  });
});

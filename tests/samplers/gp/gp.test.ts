import { describe, expect, it } from "vitest";
import { stream } from "../../../src/random/stream.ts";
import { trainingData } from "../../../src/samplers/gp/data/training-data.ts";
import { gp } from "../../../src/samplers/gp/gp.ts";
import { PointSpace } from "../../../src/samplers/points.ts";
import type { ProposalRequest } from "../../../src/samplers/sampler.ts";
import { triedOf } from "../../../src/samplers/tpe/joint/tried-points.ts";
import { tpe } from "../../../src/samplers/tpe/tpe.ts";
import type { Assignment } from "../../../src/space/assignment.ts";
import { type CompiledSpace, compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";
import type { SpaceNode } from "../../../src/space/node.ts";
import { requestOf } from "../../../src/testing/samplers/history.ts";
import type { Json } from "../../../src/trial/json.ts";
import type { Observation, ObservedResult } from "../../../src/trial/observation.ts";
import { complete, drawn, MISLEADING, mixed, nextOf } from "./histories.ts";

/** A search of `trials` trials; the assignments in order. */
function search(
  space: CompiledSpace,
  trials: number,
  loss: (at: Assignment) => number,
  seed: number | string = 1,
): Assignment[] {
  const sampler = gp();
  const observations: Observation[] = [];
  let memo: Json = null;
  while (observations.length < trials) {
    const number = observations.length;
    const request: ProposalRequest = {
      ...requestOf({ space, trialNumber: number, observations, memo }),
      rng: stream(seed, number),
      studyRng: (name) => stream(seed, name),
      plan: { maxTrials: trials, parallelism: 1, objectives: 1 },
    };
    const proposal = sampler.propose(request);
    if (proposal.kind === "exhausted") break;
    memo = proposal.memo ?? null;
    const { assignment } = proposal;
    observations.push({ number, assignment, reports: [], result: complete(loss(assignment)) });
  }
  return observations.map(({ assignment }) => assignment);
}

function next(space: CompiledSpace, observations: readonly Observation[], more: Partial<ProposalRequest> = {}) {
  const { trialNumber = 500 } = more;
  return nextOf(gp({ startup: 1 }), { ...requestOf({ space, observations, trialNumber }), ...more });
}

describe("histories that teach little or mislead", () => {
  it.each(Object.entries(MISLEADING))("%s", (_, resultOf) => {
    for (const count of [1, 2, 5, 30]) {
      const observations = drawn(mixed, count, resultOf);
      next(mixed, observations);
      nextOf(tpe({ multivariate: true, startup: 1 }), requestOf({ space: mixed, observations, trialNumber: 500 }));
    }
  });

  it("one trial, again and again", () => {
    const same = drawn(mixed, 1, () => complete(1))[0] as Observation;
    next(
      mixed,
      Array.from({ length: 20 }, (_, number) => ({ ...same, number, result: complete(number) })),
    );
  });
});

describe("spaces", () => {
  it("all categorical: finds the best of 4,096", () => {
    const space = compileSpace(
      Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`c${i}`, hp.choice(["a", "b", "c", "d"])])),
    );
    const loss = (at: Assignment): number =>
      Object.values(at).reduce((sum, value, i) => sum + Math.abs(value - (i % 4)), 0);
    expect(Math.min(...search(space, 60, loss).map(loss))).toBe(0);
  });

  it("twelve cells: twelve trials, all different, then the end", () => {
    const space = compileSpace({ a: hp.choice(["x", "y", "z"]), n: hp.uniformint(1, 4) });
    const tried = search(space, 40, ({ a = 0, n = 0 }) => a + n);
    expect(new Set(tried.map((at) => JSON.stringify(at))).size).toBe(12);
    expect(tried.length).toBe(12);
  });

  it("thirty dimensions: far better than chance", () => {
    const space = compileSpace(
      Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`x${String(i).padStart(2, "0")}`, hp.uniform(0, 1)])),
    );
    const loss = (at: Assignment): number => Object.values(at).reduce((sum, x) => sum + (x - 0.3) ** 2, 0);
    const tried = search(space, 80, loss).map(loss);
    const chance = drawn(space, 80, (at) => complete(loss(at))).map(({ assignment }) => loss(assignment));
    expect(Math.min(...tried)).toBeLessThan(0.35 * Math.min(...chance));
  });

  it("choices in choices: finds the branch that is best only when it is tuned", () => {
    const space = compileSpace({
      model: hp.choice([
        { type: "easy", x: hp.uniform(0, 1) },
        {
          type: "hard",
          y: hp.uniform(-5, 5),
          mode: hp.choice([{ type: "off" }, { type: "on", z: hp.loguniform(1e-4, 1e2), n: hp.uniformint(1, 9) }]),
        },
      ]),
    });
    const loss = (at: Assignment): number => {
      if (at["model"] === 0) return 0.5 + ((at["model.easy.x"] ?? 0) - 0.7) ** 2;
      const base = ((at["model.hard.y"] ?? 0) - 1) ** 2 / 4;
      if (at["model.hard.mode"] === 0) return base + 0.4;
      const z = Math.log10(at["model.hard.mode.on.z"] ?? 1) + 1;
      return base + z * z * 0.1 + 0.02 * ((at["model.hard.mode.on.n"] ?? 0) - 5) ** 2;
    };
    expect(Math.min(...search(space, 60, loss).map(loss))).toBeLessThan(0.05);
  });

  it("values without bounds: finds the minimum two deviations out", () => {
    const space = compileSpace({ x: hp.normal(0, 1), y: hp.qlognormal(1, 1, 0.5) });
    const loss = ({ x = 0, y = 0 }: Assignment): number => (x - 2) ** 2 + (y - 4) ** 2;
    expect(Math.min(...search(space, 40, loss).map(loss))).toBeLessThan(0.05);
  });
});

describe("pending trials", () => {
  const bowl = (at: Assignment): ObservedResult =>
    complete(((at["width"] ?? 0) / 64 - 0.5) ** 2 + (Math.log10(at["rate"] ?? 1) + 3) ** 2 / 9);

  it("32 at once: different, and apart from each other", () => {
    const observations = drawn(mixed, 40, bowl);
    const pending: { number: number; assignment: Assignment }[] = [];
    for (let i = 0; i < 32; i++) {
      const assignment = next(mixed, observations, { pending: [...pending], trialNumber: 100 + i });
      pending.push({ number: 100 + i, assignment });
    }
    expect(new Set(pending.map(({ assignment }) => JSON.stringify(assignment))).size).toBe(32);
    const places = pending.map(
      ({ assignment: { width, rate = 1, act } }) => `${width} ${Math.log10(rate).toFixed(1)} ${act}`,
    );
    expect(new Set(places).size).toBeGreaterThan(20);
  });

  it("what is expected of them counts as found: few more go where the best is expected", () => {
    const square = compileSpace({ x: hp.uniform(0, 1), y: hp.uniform(0, 1) });
    const fromBest = ({ x = 0, y = 0 }: Assignment): number => Math.hypot(x - 0.45, y - 0.55);
    const observations = Array.from({ length: 36 }, (_, number): Observation => {
      const assignment = { x: ((number % 6) + 0.1) / 6, y: (Math.floor(number / 6) + 0.1) / 6 };
      return { number, assignment, reports: [], result: complete(fromBest(assignment) ** 2) };
    });
    const pending: { number: number; assignment: Assignment }[] = [];
    for (let number = 100; number < 124; number++) {
      const request = requestOf({ space: square, observations, trialNumber: number, pending: [...pending] });
      const assignment = nextOf(gp(), request);
      pending.push({ number, assignment });
    }
    const near = pending.filter(({ assignment }) => fromBest(assignment) < 0.01);
    expect(near.length).toBeGreaterThan(0);
    expect(near.length).toBeLessThan(15);
  });

  /** What is proposed before anything is known, with 32 trials at once. */
  function startUp(space: CompiledSpace): readonly Assignment[] {
    const plan = { maxTrials: null, parallelism: 32, objectives: 1 };
    const pending: { number: number; assignment: Assignment }[] = [];
    for (let number = 0; number < 32; number++) {
      const proposal = gp().propose({ ...requestOf({ space, trialNumber: number, pending: [...pending] }), plan });
      if (proposal.kind === "try") pending.push({ number, assignment: proposal.assignment });
    }
    return pending.map(({ assignment }) => assignment);
  }

  it("the start-up fills the space for all that run at once", () => {
    const points = startUp(compileSpace({ x: hp.uniform(0, 1) }));
    expect(new Set(points.map((at) => Math.floor(32 * (at["x"] ?? 0)))).size).toBe(32);
  });

  it("the start-up is drawn in as far however many run at once", () => {
    const params = Array.from({ length: 10 }, (_, i): [string, SpaceNode] => [`x${i}`, hp.uniform(0, 1)]);
    const far = startUp(compileSpace(Object.fromEntries(params))).map((at) =>
      Math.max(...Object.values(at).map((x) => Math.abs(x - 0.5))),
    );
    const limit = 0.5 * Math.sqrt(1.3 / 10);
    expect(far).toHaveLength(32);
    expect(Math.max(...far)).toBeLessThan(limit);
    expect(Math.max(...far)).toBeGreaterThan(0.9 * limit);
  });
});

describe("long histories", () => {
  const observations = drawn(mixed, 360, (at, i) => complete(i % 9 === 0 ? Number.NaN : (at["width"] ?? 0)));

  it("a long-lived sampler proposes what a fresh one does, across changes of the subset", () => {
    const sampler = gp();
    let memo: Json = null;
    for (const trials of [298, 300, 301, 302, 349, 351, 352, 360]) {
      const request = () =>
        requestOf({ space: mixed, observations: observations.slice(0, trials), trialNumber: trials, memo });
      const proposal = sampler.propose(request());
      expect(gp().propose(request())).toEqual(proposal);
      memo = proposal.kind === "try" ? (proposal.memo ?? null) : null;
    }
  });

  it("hold the best trials and the newest, 300 at most", () => {
    const points = new PointSpace(mixed);
    const tried = triedOf(points, { observations, pending: [] });
    const { rows, targets } = trainingData(tried, "wide");
    expect(rows.length).toBe(targets.length);
    expect(rows.length).toBeLessThanOrEqual(300);
    for (const { assignment } of observations.slice(351)) expect(rows).toContain(points.pointOf(assignment));
    const best = observations.filter(({ assignment, number }) => (number ?? 0) % 9 !== 0 && assignment["width"] === 1);
    for (const { assignment } of best) expect(rows).toContain(points.pointOf(assignment));
  });
});

describe("the memo", () => {
  const observations = drawn(mixed, 30, (at) => complete(at["width"] ?? 0));
  const ask = (memo: Json) => {
    const proposal = gp().propose(requestOf({ space: mixed, observations, trialNumber: 30, memo }));
    return proposal.kind === "try" ? proposal : null;
  };

  it("keeps a fit until there are a tenth more trials", () => {
    const memo = ask(null)?.memo as { gp: (number[] | null)[] };
    expect(memo.gp[0]?.[0]).toBe(30);
    expect(ask(memo)?.memo).toEqual(memo);
    const fewer = { gp: [[23, ...(memo.gp[0]?.slice(1) ?? [])], null] };
    expect(ask(fewer)?.memo).toMatchObject({ gp: [[30, ...memo.gp[0]!.slice(1).map(() => expect.any(Number))], null] });
  });

  it.each([null, 7, "x", [], {}, { gp: 1 }, { gp: [[1, 2], null] }, { gp: [["a"], []] }, { gp: [null] }])(
    "of another sampler or space is not used: %j",
    (memo) => {
      expect(ask(memo)).toEqual(ask(null));
    },
  );

  it("fits into 4 kB with 150 dimensions, and is left out where it would not", () => {
    const of = (size: number): Json | undefined => {
      const space = compileSpace(
        Object.fromEntries(Array.from({ length: size }, (_, i) => [`x${i}`, hp.uniform(0, 1)])),
      );
      const proposal = gp({ startup: 4 }).propose(
        requestOf({ space, observations: drawn(space, 8, (at) => complete(at["x0"] ?? 0)), trialNumber: 8 }),
      );
      return proposal.kind === "try" ? proposal.memo : undefined;
    };
    expect(JSON.stringify(of(150)).length).toBeLessThan(4096);
    expect(of(300)).toBeNull();
  });
});

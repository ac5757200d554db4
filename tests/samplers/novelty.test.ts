import { describe, expect, it } from "vitest";
import { proposeNew } from "../../src/samplers/novelty.ts";
import { drawConfiguration } from "../../src/samplers/prior.ts";
import { random } from "../../src/samplers/random.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { tpe } from "../../src/samplers/tpe/tpe.ts";
import { type Assignment, checkAssignment } from "../../src/space/assignment.ts";
import { type CompiledSpace, compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";
import { requestOf, StudyHistory } from "../../src/testing/samplers/history.ts";

function distinct(assignments: readonly Assignment[]): number {
  return new Set(assignments.map((assignment) => JSON.stringify(assignment))).size;
}

/** Insists on one configuration, whatever was tried. */
function stubborn(assignment: Assignment): Sampler {
  return { ...random(), name: "stubborn", propose: (request) => proposeNew(request, () => assignment) };
}

const observed = (assignment: Assignment, number = 0) => ({
  number,
  assignment,
  reports: [],
  result: { kind: "failed" as const },
});

describe.each([
  ["random", random],
  ["tpe", () => tpe({ startup: 5 })],
  ["tpe, univariate", () => tpe({ startup: 5, multivariate: false })],
] as const)("%s", (_, make) => {
  it("goes through a finite space once, then is exhausted", () => {
    const space = compileSpace({ a: hp.choice([1, 2, 3, 4]), b: hp.choice([1, 2, 3, 4]), c: hp.uniformint(1, 4) });
    const proposed = new StudyHistory(space).run(make(), 100);
    expect([proposed.length, distinct(proposed)]).toEqual([64, 64]);
  });

  it("never gives the only configuration of a branch twice, nor ends where another branch is endless", () => {
    const space = compileSpace({
      a: hp.pchoice([
        [0.999, "alone"],
        [0.001, { x: hp.uniform(0, 1) }],
      ]),
    });
    const proposed = new StudyHistory(space).run(make(), 40);
    expect([proposed.length, distinct(proposed)]).toEqual([40, 40]);
  });

  it("moves along the grid of a normal that is narrower than it", () => {
    for (const node of [hp.qnormal(0, 0.01, 1), hp.qlognormal(-5, 0.01, 1)]) {
      const space = compileSpace({ x: node });
      const proposed = new StudyHistory(space).run(make(), 30);
      expect([proposed.length, distinct(proposed)]).toEqual([30, 30]);
      for (const assignment of proposed) checkAssignment(space, assignment);
      expect(Math.max(...proposed.map(({ x }) => Math.abs(x ?? 0)))).toBeLessThan(31);
    }
  });

  it("goes through what is allowed of a finite space", () => {
    const space = compileSpace({ a: hp.uniformint(1, 10), b: hp.uniformint(1, 10) });
    const isAllowed = ({ a = 0, b = 0 }: Assignment) => a + b === 11;
    expect(distinct(new StudyHistory(space).run(make(), 20, isAllowed))).toBe(10);
  });

  it("ends where relations leave nothing of an endless space", () => {
    const space = compileSpace({ x: hp.uniform(0, 1) });
    expect(make().propose(requestOf({ space, isAllowed: () => false }))).toEqual({ kind: "exhausted" });
  });
});

it("a value given by hand counts as the grid value that it is up to its last bits", () => {
  const space = compileSpace({ x: hp.quniform(0.1, 0.3, 0.1) });
  const observations = [observed({ x: 0.1 + 0.2 }), observed({ x: 0.1 }, 1)];
  expect(random().propose(requestOf({ space, observations }))).toMatchObject({ assignment: { x: 0.2 } });
});

it("what is pending counts as tried", () => {
  const space: CompiledSpace = compileSpace({ x: hp.choice(["a", "b"]) });
  const pending = [{ number: 0, assignment: { x: 1 } }];
  expect(stubborn({ x: 1 }).propose(requestOf({ space, pending }))).toMatchObject({ assignment: { x: 0 } });
});

it("a stubborn sampler is overruled, in finite and in endless spaces", () => {
  const finite = compileSpace({ x: hp.randint(1000) });
  expect(distinct(new StudyHistory(finite).run(stubborn({ x: 5 }), 50))).toBe(50);
  const endless = compileSpace({ x: hp.uniform(0, 1) });
  expect(distinct(new StudyHistory(endless).run(stubborn({ x: 0.5 }), 50))).toBe(50);
});

it("a sampler that insists is asked ten times, then the space is drawn from", () => {
  const space = compileSpace({ x: hp.uniform(0, 1) });
  const request = requestOf({ space, observations: [observed({ x: 0.5 })] });
  let asked = 0;
  const proposal = proposeNew(request, () => {
    asked++;
    return { x: 0.5 };
  });
  const assignment = drawConfiguration(space, requestOf({ space }).rng);
  expect([asked, proposal]).toEqual([10, { kind: "try", assignment }]);
});

it("the few that are allowed of very many are found, each once, in an order that stays", () => {
  const inside = hp.choice([{ c: hp.quniform(0, 30, 0.5) }, "alone"]);
  const space = compileSpace({ a: hp.randint(60), b: inside, d: hp.uniformint(1, 60) });
  const isAllowed = ({ a = 0, d, ...rest }: Assignment): boolean => a >= 58 && d === 7 && rest["b.0.c"] === 12;
  const found = [58, 59].map((a) => ({ a, b: 0, "b.0.c": 12, d: 7 }));
  expect(new StudyHistory(space).run(random(), 20, isAllowed)).toEqual(found);
});

it("a space of more configurations than can be walked through is no trouble", () => {
  const space = compileSpace(
    Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`p${index}`, hp.randint(1_000_000)])),
  );
  expect(distinct(new StudyHistory(space).run(random(), 5))).toBe(5);
});

it("what is allowed of a vast space is found though no walk comes there", () => {
  const space = compileSpace(
    Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`c${index}`, hp.randint(50)])),
  );
  const isAllowed = ({ c0, c1 }: Assignment): boolean => c0 === 7 && c1 === 3;
  expect(distinct(new StudyHistory(space).run(random(), 8, isAllowed))).toBe(8);
});

it("results that repeat do not switch the sampler off", () => {
  const space = compileSpace({ x: hp.uniformint(1, 20), y: hp.uniformint(1, 20) });
  const observations = Array.from({ length: 410 }, (_, number) => observed({ x: 1 + (number % 5), y: 1 }, number));
  expect(stubborn({ x: 20, y: 20 }).propose(requestOf({ space, observations }))).toMatchObject({
    assignment: { x: 20, y: 20 },
  });
});

import { describe, expect, it } from "vitest";
import { stream } from "../../../src/random/stream.ts";
import { auto } from "../../../src/samplers/auto/auto.ts";
import { choose } from "../../../src/samplers/auto/choice.ts";
import { mostActive } from "../../../src/samplers/auto/most-active.ts";
import { gp } from "../../../src/samplers/gp/gp.ts";
import { drawConfiguration } from "../../../src/samplers/prior.ts";
import { tpe } from "../../../src/samplers/tpe/tpe.ts";
import { type CompiledSpace, compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";
import type { RootSpace } from "../../../src/space/node.ts";
import { requestOf } from "../../../src/testing/samplers/history.ts";
import type { Observation } from "../../../src/trial/observation.ts";

const small = compileSpace({ x: hp.uniform(0, 1), c: hp.choice(["a", "b", "c"]) });

function wide(size: number, node = hp.uniform(0, 1) as RootSpace[string]): CompiledSpace {
  return compileSpace(Object.fromEntries(Array.from({ length: size }, (_, i) => [`p${i}`, node])));
}

function past(space: CompiledSpace, trials: number): Observation[] {
  return Array.from({ length: trials }, (_, number) => {
    const assignment = drawConfiguration(space, stream("past", number));
    const losses = [Object.values(assignment).reduce((sum, value) => sum + value, 0)] as const;
    return { number, assignment, reports: [], result: { kind: "complete", losses } };
  });
}

const situation = (space: CompiledSpace, trials = 0, parallelism = 1) => ({
  space,
  observations: past(space, trials),
  plan: { maxTrials: null, parallelism, objectives: 1 },
});

describe("the choice", () => {
  it.each([
    ["a small space", situation(small, 20), "gp", /^gp: 2 params at once$/],
    ["100 params", situation(wide(100)), "gp", /^gp: 100 params at once$/],
    ["101 params", situation(wide(101)), "tpe", /^tpe: 101 params, more than/],
    ["300 trials", situation(small, 300), "gp", /^gp: 2 params at once$/],
    ["301 trials", situation(small, 301), "gp", /two fifths by TPE, which learns from all of over 300 trials/],
    ["1,000 trials", situation(small, 1000), "gp", /two fifths/],
    ["1,001 trials", situation(small, 1001), "tpe", /^tpe: over 1000 trials/],
    ["256 in flight", situation(small, 20, 256), "gp", /^gp: 2 params at once$/],
    ["257 in flight", situation(small, 20, 257), "tpe", /257 trials at once/],
    ["long choices", situation(wide(4, hp.randint(40))), "gp", /half by TPE, as most choices are long/],
    ["one param", situation(wide(1), 1), "gp", /^gp: 1 param at once$/],
  ] as const)("%s", (_, given, kind, text) => {
    expect(choose(given).kind).toBe(kind);
    expect(auto().describe?.(given)).toMatch(text);
  });

  it("starts with more trials where there are categories to be tried", () => {
    expect(choose(situation(wide(4)))).toMatchObject({ startup: 7 });
    expect(choose(situation(small))).toMatchObject({ startup: 10 });
    expect(choose(situation(wide(4, hp.randint(3))))).toMatchObject({ startup: 10 });
  });

  it("counts of a conditional space what is active at once", () => {
    const branch = (letter: string, size: number) => ({
      type: letter,
      ...Object.fromEntries(Array.from({ length: size }, (_, i) => [`${letter}${i}`, hp.uniform(0, 1)])),
    });
    const space = compileSpace({
      model: hp.choice([branch("a", 12), { ...branch("b", 20), more: hp.choice([1, { y: hp.uniform(0, 1) }]) }]),
      x: hp.uniform(0, 1),
    });
    expect(mostActive(space)).toBe(24);
    expect(choose(situation(space)).kind).toBe("gp");
    const shared = compileSpace({
      model: hp.choice([
        branch("a", 26),
        branch("b", 26),
        branch("c", 26),
        branch("d", 26),
        branch("e", 26),
        branch("f", 26),
      ]),
    });
    expect(mostActive(shared)).toBe(27);
    expect(choose(situation(shared)).kind).toBe("tpe"); // 157 in all
  });
});

describe("proposals", () => {
  it("are those of what was chosen", () => {
    for (const [space, trials, chosen] of [
      [small, 40, gp()],
      [wide(101), 30, tpe()],
    ] as const) {
      const request = () => requestOf({ space, trialNumber: trials, observations: past(space, trials) });
      expect(auto().propose(request())).toEqual(chosen.propose(request()));
    }
  });
});

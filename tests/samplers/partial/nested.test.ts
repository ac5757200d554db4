import { expect, it } from "vitest";
import type { FixedValues } from "../../../src/samplers/partial/fixed-values.ts";
import { partial } from "../../../src/samplers/partial/partial.ts";
import { random } from "../../../src/samplers/random.ts";
import { compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";
import { requestOf, StudyHistory } from "../../../src/testing/samplers/history.ts";
import { thrownBy } from "../../thrown-by.ts";

/** A choice below an option of another one. */
const nested = compileSpace({
  bits: hp.choice([8, 16, 32]),
  model: hp.choice([
    { type: "net", head: hp.choice([{ type: "deep", size: hp.randint(3) }, { type: "flat" }]) },
    { type: "tree" },
  ]),
});

it("partial knows below which free options what is left of a fixed choice is", () => {
  const fixing = (fixed: FixedValues) => new StudyHistory(nested).run(partial(fixed, random()), 100);
  const deep = fixing({ "model.net.head": "deep" });
  expect(new Set(deep.map((trial) => trial["model.net.head.deep.size"]))).toEqual(new Set([0, 1, 2, undefined]));
  expect(deep).toHaveLength(3 * (3 + 1));
  expect(
    fixing({ model: "tree" })
      .map(({ bits }) => bits)
      .toSorted(),
  ).toEqual([0, 1, 2]);
});

it("partial takes a path that two dimensions could mean for the one of that name", () => {
  const shadowing = compileSpace({
    model: hp.choice([{ type: "a", x: hp.uniform(0, 1), a: { x: hp.uniform(0, 1) } }, { type: "b" }]),
  });
  const trials = new StudyHistory(shadowing).run(partial({ model: "a", "model.a.x": 0.5 }, random()), 3);
  expect(trials.map((trial) => trial["model.a.x"])).toEqual([0.5, 0.5, 0.5]);
  expect(new Set(trials.map((trial) => trial["model.a.a.x"])).size).toBe(3);
});

it("partial that leaves nothing free proposes the one configuration unless it is under way or not allowed", () => {
  const flat = compileSpace({ x: hp.uniform(0, 1) });
  const fixed = partial({ x: 0.5 }, random());
  const assignment = { x: 0.5 };
  expect(fixed.propose(requestOf({ space: flat }))).toEqual({ kind: "try", assignment });
  const pending = [{ number: 0, assignment }];
  expect(fixed.propose(requestOf({ space: flat, trialNumber: 1, pending }))).toEqual({ kind: "exhausted" });
  expect(fixed.propose(requestOf({ space: flat, isAllowed: () => false }))).toEqual({ kind: "exhausted" });
});

it("partial refuses what is two choices below another option", () => {
  const sampler = partial({ model: "tree", "model.net.head.deep.size": 1 }, random());
  expect(thrownBy(() => sampler.propose(requestOf({ space: nested })))).toMatchObject({
    code: "OPTION_INVALID",
    message: 'partial model.net.head.deep.size: there is no such param with the value to which "model" is fixed',
  });
});

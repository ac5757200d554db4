import { describe, expect, it } from "vitest";
import { auto } from "../../../src/samplers/auto/auto.ts";
import { grid } from "../../../src/samplers/grid/grid.ts";
import type { FixedValues } from "../../../src/samplers/partial/fixed-values.ts";
import { partial } from "../../../src/samplers/partial/partial.ts";
import { qmc } from "../../../src/samplers/qmc.ts";
import { random } from "../../../src/samplers/random.ts";
import { allowsAll, type ProposalRequest, type Sampler, type Situation } from "../../../src/samplers/sampler.ts";
import { tpe } from "../../../src/samplers/tpe/tpe.ts";
import type { Assignment } from "../../../src/space/assignment.ts";
import { type CompiledSpace, compileSpace } from "../../../src/space/compile.ts";
import { decode } from "../../../src/space/decode.ts";
import { hp } from "../../../src/space/hp.ts";
import { describeSamplerContract } from "../../../src/testing/samplers/contract.ts";
import { requestOf, StudyHistory } from "../../../src/testing/samplers/history.ts";
import { thrownBy } from "../../thrown-by.ts";
import { space } from "./space.ts";

/** Dimensions that stand before and behind those of any space. */
const EXTRA = {
  "0kind": hp.choice([
    { type: "one", depth: hp.uniformint(1, 9) },
    { type: "other", depth: hp.uniform(0, 1) },
  ]),
  "0rate": hp.loguniform(1e-3, 1),
  zBits: hp.choice([8, 16, 32]),
};
const FIXED: FixedValues = {
  "0kind": "other",
  "0kind.other.depth": 0.25,
  "0rate": 0.1,
  zBits: 32,
};
const HELD: Assignment = { "0kind": 1, "0kind.other.depth": 0.25, "0rate": 0.1, zBits: 2 };

const extended = new WeakMap<CompiledSpace, CompiledSpace>();

/** Partial in a wider space, seen from the space that is left free: so the contract's own spaces prove it. */
function seenFromWithin(inner: Sampler): Sampler {
  const outer = partial(FIXED, inner);
  return {
    ...outer,
    propose: (request) => {
      const space = extended.get(request.space) ?? compileSpace({ ...request.space.source, ...EXTRA });
      extended.set(request.space, space);
      const proposal = outer.propose(widened(request, space));
      if (proposal.kind === "exhausted") return proposal;
      expect(proposal.assignment).toMatchObject(HELD);
      return { ...proposal, assignment: without(proposal.assignment) };
    },
  };
}

function widened(request: ProposalRequest, space: CompiledSpace): ProposalRequest {
  const add = <T extends { readonly assignment: Assignment }>(of: T): T => ({
    ...of,
    assignment: { ...of.assignment, ...HELD },
  });
  return {
    ...request,
    space,
    observations: request.observations.map(add),
    pending: request.pending.map(add),
    isAllowed: (assignment) => request.isAllowed(without(assignment)),
  };
}

function without(assignment: Assignment): Assignment {
  return Object.fromEntries(Object.entries(assignment).filter(([path]) => !(path in HELD)));
}

describeSamplerContract("partial of random", () => seenFromWithin(random()));
describeSamplerContract("partial of tpe", () => seenFromWithin(tpe()));
describeSamplerContract("partial that fixes nothing", () => partial({}, tpe()));

function trialsOf(fixed: FixedValues, inner: Sampler, limit = 40): Assignment[] {
  return new StudyHistory(space).run(partial(fixed, inner), limit);
}

describe("partial", () => {
  it("holds numbers and options, and leaves the rest to the sampler", () => {
    const trials = trialsOf({ lr: 0.01, batchSize: 32, optimizer: "adam" }, qmc());
    for (const trial of trials) {
      expect(decode(space, trial)).toMatchObject({ lr: 0.01, batchSize: 32, optimizer: { type: "adam" } });
    }
    expect(new Set(trials.map((trial) => trial["optimizer.adam.beta1"])).size).toBe(40);
  });

  it("fixes what is below a free option only where that option is chosen", () => {
    const trials = trialsOf({ "optimizer.sgd.momentum": 0.9, "optimizer.sgd.nesterov": false }, random());
    const optimizers = trials.map((trial) => (decode(space, trial) as { optimizer: unknown }).optimizer);
    expect(optimizers).toContainEqual({ type: "sgd", momentum: 0.9, nesterov: false });
    expect(optimizers).toContainEqual({ type: "adam", beta1: expect.any(Number) });
    expect(trials.filter((trial) => trial["optimizer"] === 0 && trial["optimizer.sgd.momentum"] !== 0.9)).toEqual([]);
  });

  it("takes paths as params have them, for every branch that has them", () => {
    const branches = compileSpace({
      model: hp.choice([
        { size: 1, rate: hp.uniform(0, 1), layers: [hp.uniform(0, 1), hp.uniform(0, 1)] },
        { size: 2, rate: hp.uniform(0, 1) },
      ]),
    });
    const both = new StudyHistory(branches).run(partial({ "model.rate": 0.5, "model.layers.1": 0.25 }, random()), 30);
    const params = both.map((trial) => decode(branches, trial));
    expect(params).toContainEqual({ model: { size: 2, rate: 0.5 } });
    expect(params).toContainEqual({ model: { size: 1, rate: 0.5, layers: [expect.any(Number), 0.25] } });
    const one = partial({ "model.size": 2, "model.2.rate": 0.75 }, random()).propose(requestOf({ space: branches }));
    expect(one).toEqual({ kind: "try", assignment: { model: 1, "model.2.rate": 0.75 } });
    expect(trialsOf({ "optimizer.type": "adam" }, random()).filter((trial) => trial["optimizer"] !== 1)).toEqual([]);
  });

  it("asks of a path that several options have only what those say that can be chosen", () => {
    const branches = compileSpace({
      model: hp.choice([
        {
          type: "net",
          rate: hp.uniform(0, 1),
          head: hp.choice([{ type: "deep", size: hp.randint(3) }, { type: "flat" }]),
        },
        { type: "tree", rate: hp.uniformint(5, 9), head: hp.choice(["plain", "wide"]) },
      ]),
    });
    const propose = (fixed: FixedValues) => partial(fixed, random()).propose(requestOf({ space: branches }));
    const tree = { "model.rate": 7, "model.head": "wide", "model.type": "tree" };
    expect(propose(tree)).toEqual({
      kind: "try",
      assignment: { model: 1, "model.tree.rate": 7, "model.tree.head": 1 },
    });
    expect(propose({ "model.head.type": "flat", model: "net", "model.rate": 0.5 })).toEqual({
      kind: "try",
      assignment: { model: 0, "model.net.rate": 0.5, "model.net.head": 1 },
    });
    const message = "partial model.net.rate: expected a number from 0 to 1, received 7";
    expect(thrownBy(() => propose({ "model.rate": 7 }))).toMatchObject({ code: "OPTION_INVALID", message });
  });

  it("says how the one inside proposes in the space that is left to it", () => {
    const situation = { space, observations: [], plan: { maxTrials: null, parallelism: 1, objectives: 1 } };
    expect(auto().describe?.(situation)).toBe("gp: 6 params at once");
    expect(partial({ lr: 0.01, optimizer: "adam" }, auto()).describe?.(situation)).toBe("gp: 3 params at once");
    expect(partial({ lr: 0.01 }, random())).not.toHaveProperty("describe");
  });

  it("rounds a quantized value to its grid", () => {
    expect(trialsOf({ width: 0.1 + 0.2 }, random(), 1)).toMatchObject([{ width: 0.3 }]);
  });

  it("ends when what is left is exhausted", () => {
    const fixed = { lr: 0.01, "optimizer.sgd.momentum": 0.9, "optimizer.adam.beta1": 0.9 };
    expect(trialsOf(fixed, random(), 1000)).toHaveLength(3 * (2 + 1) * 11);
    const adam = { lr: 0.01, optimizer: "adam", "optimizer.adam.beta1": 0.9, width: 0.5 };
    expect(trialsOf(adam, grid())).toHaveLength(3);
    expect(trialsOf({ ...adam, batchSize: 16 }, tpe())).toEqual([
      { batchSize: 0, lr: 0.01, optimizer: 1, "optimizer.adam.beta1": 0.9, width: 0.5 },
    ]);
  });

  it("shows the sampler the free space alone, and the trials that have the fixed values", () => {
    const seen: ProposalRequest[] = [];
    const spy: Sampler = {
      ...random(),
      propose: (request) => {
        seen.push(request);
        return random().propose(request);
      },
    };
    const history = new StudyHistory(space);
    history.run(random(), 12);
    history.run(partial({ optimizer: "sgd", lr: 0.1 }, spy), 12);
    const last = seen.at(-1)!;
    expect(last.space.dimensions.map(({ path, condition }) => [path, condition])).toEqual([
      ["batchSize", null],
      ["optimizer.sgd.momentum", null],
      ["optimizer.sgd.nesterov", null],
      ["width", null],
    ]);
    const numbers = [...last.observations, ...last.pending].map(({ number }) => number ?? 0);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 11 }, (_, i) => 12 + i));
    expect(last.isAllowed).toBe(allowsAll); // so that it need not ask
    const params = decode(last.space, last.observations[0]?.assignment ?? {});
    expect(params).toMatchObject({ lr: 0.1, optimizer: { type: "sgd", nesterov: expect.any(Boolean) } });
  });

  it("asks about whole configurations what is allowed", () => {
    const isAllowed = (assignment: Assignment) => assignment["lr"] === 0.01 && (assignment["width"] ?? 1) < 0.5;
    const trials = new StudyHistory(space).run(partial({ lr: 0.01 }, tpe()), 30, isAllowed);
    expect(trials.filter(isAllowed)).toHaveLength(30);
    const none = partial({ lr: 0.02 }, random()).propose(requestOf({ space, isAllowed }));
    expect(none).toEqual({ kind: "exhausted" });
  });

  it("nests", () => {
    const trials = trialsOf({ optimizer: "adam" }, partial({ "optimizer.adam.beta1": 0.9 }, random()));
    expect(trials.filter((trial) => trial["optimizer.adam.beta1"] !== 0.9)).toEqual([]);
  });

  it.each([
    [{ learningRate: 1 }, 'partial: the space has no "learningRate"'],
    [
      { "optimizer.sgd.momentun": 1 },
      'partial: the space has no "optimizer.sgd.momentun" (did you mean "optimizer.sgd.momentum"?)',
    ],
    [{ lr: 1 }, "partial lr: expected a number from 0.00001 to 0.1, received 1"],
    [{ lr: "0.01" }, 'partial lr: expected a number from 0.00001 to 0.1, received "0.01"'],
    [{ optimizer: "adamw" }, 'partial optimizer: expected one of "sgd", "adam", received "adamw"'],
    [{ optimizer: 1 }, 'partial optimizer: expected one of "sgd", "adam", received 1'],
    [{ batchSize: 48 }, "partial batchSize: expected one of 16, 32, 64, received 48"],
    [
      { optimizer: "sgd", "optimizer.type": "adam" },
      'partial optimizer.type: "optimizer" is fixed to another value by another of its paths, received "adam"',
    ],
    [
      { "optimizer.sgd.momentum": 0.5, "optimizer.momentum": 0.9 },
      'partial optimizer.momentum: "optimizer.sgd.momentum" is fixed to another value by another of its paths, received 0.9',
    ],
  ])("refuses %j", (fixed: FixedValues, message) => {
    expect(thrownBy(() => trialsOf(fixed, random()))).toMatchObject({ code: "OPTION_INVALID", message });
  });
});

it("partial takes one value by two of its paths", () => {
  const trials = trialsOf({ optimizer: "adam", "optimizer.type": "adam" }, random(), 5);
  expect(trials.map(({ optimizer }) => optimizer)).toEqual([1, 1, 1, 1, 1]);
});

it("partial asks a sampler of any make how it proposes", () => {
  class Own implements Sampler {
    readonly name = "own";
    readonly version = 1;
    readonly options = {};
    readonly #inner = random();
    propose(request: ProposalRequest) {
      return this.#inner.propose(request);
    }
    describe({ observations }: Situation) {
      return `${this.#inner.name} after ${observations.length}`;
    }
  }
  const history = new StudyHistory(space);
  history.run(random(), 8);
  expect(partial({ lr: 0.01 }, new Own()).describe?.(history.next())).toBe("random after 0");
  expect(partial({}, new Own()).describe?.(history.next())).toBe("random after 7");
});

it.each([
  [undefined, random(), "partial fixed: expected values by path, received undefined"],
  [{ lr: undefined }, random(), "partial fixed: expected values by path, received {}"],
  [{ lr: 0.01 }, undefined, "partial: expected a sampler such as tpe(), received undefined"],
  [{ lr: 0.01 }, "tpe", 'partial: expected a sampler such as tpe(), received "tpe"'],
])("partial refuses %j around %j, as a caller without types may give it", (fixed, sampler, message) => {
  expect(thrownBy(() => partial(fixed as never, sampler as never))).toMatchObject({ code: "OPTION_INVALID", message });
});

it.each(["optimizer.sgd.momentum", "optimizer.sgd.nesterov"])("refuses %s beside another option", (path) => {
  const value = path.endsWith("momentum") ? 0.5 : true;
  const sampler = partial({ optimizer: "adam", [path]: value }, random());
  expect(thrownBy(() => sampler.propose(new StudyHistory(space).next()))).toMatchObject({
    code: "OPTION_INVALID",
    message: `partial ${path}: there is no such param with the value to which "optimizer" is fixed`,
    hint: `Leave out "${path}", or fix "optimizer" to an option that has it.`,
  });
});

import type { Assignment } from "../../space/assignment.ts";
import { type CompiledSpace, compileSpace } from "../../space/compile.ts";
import { hp } from "../../space/hp.ts";

/* The spaces in which a sampler proves its law. */

const everyKind = compileSpace({
  choiceValue: hp.choice(["a", "b", "c"]),
  loguniformValue: hp.loguniform(1e-4, 1),
  lognormalValue: hp.lognormal(0, 1),
  normalValue: hp.normal(3, 2),
  pchoiceValue: hp.pchoice([
    [0.7, "often"],
    [0.3, "seldom"],
    [0, "never"],
  ]),
  qlognormalValue: hp.qlognormal(1, 1, 0.5),
  qloguniformValue: hp.qloguniform(1, 100, 3),
  qnormalValue: hp.qnormal(0, 10, 2),
  quniformValue: hp.quniform(0.05, 1, 0.1),
  randintValue: hp.randint(5, 12),
  uniformValue: hp.uniform(-1, 1),
  uniformintValue: hp.uniformint(-3, 3),
});

const conditional = compileSpace({
  model: hp.choice([
    { type: "linear" },
    { type: "net", width: hp.uniformint(8, 64), layers: hp.choice([{ n: 1 }, { n: 2, dropout: hp.uniform(0, 0.5) }]) },
  ]),
  rate: hp.loguniform(1e-5, 1e-1),
});

/** (3 + 1) · 2 configurations: one option is never drawn. */
export const finite: CompiledSpace = compileSpace({
  branch: hp.pchoice([
    [0.5, { type: "grid", n: hp.uniformint(1, 3) }],
    [0.5, { type: "point" }],
    [0, { type: "never", n: hp.uniformint(1, 3) }],
  ]),
  flag: hp.choice([true, false]),
});
export const FINITE_SIZE = 8;

/** One configuration beside infinitely many. */
const mixed = compileSpace({ option: hp.choice(["alone", { x: hp.uniform(0, 1) }]) });

/** By label. */
export const SPACES: Readonly<Record<string, CompiledSpace>> = { everyKind, conditional, finite, mixed };

/** By space: a relation between several params, one of which no draw is likely to satisfy, and one below a choice. */
export const RELATIONS: Readonly<Record<string, (assignment: Assignment) => boolean>> = {
  everyKind: ({ uniformValue = 0, loguniformValue = 0, choiceValue }) =>
    Math.abs(uniformValue - loguniformValue) < 0.02 && choiceValue !== 1,
  conditional: ({ model, rate = 0, "model.net.width": width = 64 }) => model === 1 && rate * width > 0.1,
  finite: ({ flag = 0, "branch.grid.n": n = 0 }) => flag === 0 || n === 2,
  mixed: ({ option }) => option === 1,
};

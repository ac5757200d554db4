import { hp } from "../../src/space/hp.ts";
import type { ParamsOf } from "../../src/space/infer.ts";
import type { RootSpace } from "../../src/space/node.ts";
import { fmin } from "../../src/study/fmin.ts";
import { defineSweep } from "../../src/sweep/define.ts";
import type { ObjectiveFunction, TrialContext } from "../../src/trial/context.ts";
import { type Equals, exact } from "./exact.ts";

const space = {
  lr: hp.loguniform(1e-5, 1e-1),
  optimizer: hp.choice([{ type: "sgd", momentum: hp.uniform(0, 0.99) }, { type: "adam" }]),
};
type Params = ParamsOf<typeof space>;

// An objective that comes before its space is typed by it all the same.
declare function minimize<const S extends RootSpace>(
  objective: ObjectiveFunction<ParamsOf<NoInfer<S>>>,
  space: S,
): ParamsOf<S>;

const best = minimize((params, trial) => {
  exact<Equals<typeof params, Params>>();
  exact<Equals<typeof trial, TrialContext>>();
  return params.optimizer.type === "sgd" ? params.optimizer.momentum : params.lr;
}, space);
exact<Equals<typeof best, Params>>();

minimize(
  async ({ x, act }) => {
    exact<Equals<typeof act, "relu" | "tanh">>();
    return { loss: x ** 2, metrics: { x } };
  },
  { x: hp.uniform(-5, 5), act: hp.choice(["relu", "tanh"]) },
);

// The error is at the objective, not at the space.
const wrong = (params: { readonly lr: string }): number => params.lr.length;
// @ts-expect-error lr is a number
minimize(wrong, space);
// @ts-expect-error text is no loss
minimize(() => "0.1", space);
// An objective that needs less than the space has is fine.
minimize((params: { readonly lr: number }) => params.lr, space);

minimize(() => ({ loss: 1, metrics: { accuracy: 1 }, attributes: { epochs: 3 } }), space);
// @ts-expect-error it is metrics
minimize(() => ({ loss: 1, metric: { accuracy: 1 } }), space);
// @ts-expect-error it is attributes
minimize(async () => ({ loss: 1, attribute: { epochs: 3 } }), space);

// fmin itself.
void fmin(
  async (params, trial) => {
    exact<Equals<typeof params, Params>>();
    return (await trial.report(0, 1)) === "prune" ? 1 : params.lr;
  },
  space,
  { maxTrials: 1 },
);
// @ts-expect-error lr is a number
void fmin(wrong, space, { maxTrials: 1 });
// @ts-expect-error it is metrics
void fmin((params) => ({ loss: params.lr, metric: { lr: params.lr } }), space, { maxTrials: 1 });

// defineSweep infers the params of objective and defaults from the space in the same object.
export const sweep = defineSweep({
  space,
  objective(params) {
    exact<Equals<typeof params, Params>>();
    return params.lr;
  },
  defaults: { lr: 1e-3, optimizer: { type: "sgd", momentum: 0.9 } },
  timeout: "10m",
  sampler: { tpe: { gamma: 0.25 } },
});

defineSweep({
  space: { x: hp.uniform(0, 1), act: hp.choice(["relu", "tanh"]), fixed: "adamw" },
  objective: ({ x, act, fixed }) => {
    exact<Equals<typeof act, "relu" | "tanh">>();
    exact<Equals<typeof fixed, "adamw">>();
    return x;
  },
});

defineSweep({
  space,
  objective: {
    evaluate: async (params) => {
      exact<Equals<typeof params, Params>>();
      return { loss: 0 };
    },
    test: (params) => {
      exact<Equals<typeof params, Params>>();
      return { metrics: { accuracy: 1 } };
    },
  },
});

defineSweep({ space, command: ["python", "train.py", "{args}"], requires: ["gpu"] });

// @ts-expect-error neither an objective nor a command
defineSweep({ space });
// @ts-expect-error an objective and a command
defineSweep({ space, objective: () => 0, command: ["python", "train.py"] });
// @ts-expect-error an objective and a command
defineSweep({ space, command: ["python", "train.py"], objective: (params) => params.lr });

defineSweep({
  space,
  // @ts-expect-error no such param
  objective: (params) => params.learningRate,
});
defineSweep({
  space,
  // @ts-expect-error the test is missing
  objective: { evaluate: () => 0 },
});
defineSweep({
  space,
  objective: () => 0,
  // @ts-expect-error momentum is missing
  defaults: { lr: 1e-3, optimizer: { type: "sgd" } },
});
defineSweep({
  space,
  objective: () => 0,
  // @ts-expect-error no such key
  maxTrial: 3,
});
// @ts-expect-error undefined is not the same as absent
defineSweep({ space, objective: () => 0, seed: undefined });
// @ts-expect-error a sweep without a space
defineSweep({ objective: () => 0 });
// @ts-expect-error a word that is no direction
defineSweep({ space, objective: () => 0, direction: "max" });

// A relation of a program may be a function of the params; one of a sweep is text, as it is stored.
fmin(({ lr }) => lr, space, {
  where: (params) => {
    exact<Equals<typeof params, Params>>();
    return params.lr < 1;
  },
});
fmin(({ lr }) => lr, space, { where: ["lr < 1"] });
// @ts-expect-error lr is a number
fmin(({ lr }) => lr, space, { where: (params: { readonly lr: string }) => params.lr === "" });
defineSweep({ space, where: "lr < 1", objective: () => 1 });
// @ts-expect-error a function
defineSweep({ space, where: () => true, objective: () => 1 });

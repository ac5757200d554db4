import type { Optimizer } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { expectTypeOf } from "vitest";
import { hp } from "../../src/space/hp.ts";
import type { ParamsOf } from "../../src/space/infer.ts";
import { defineSweep } from "../../src/sweep/define.ts";
import { type Dataset, defineTraining, type TensorFlow } from "../../src/training/index.ts";
import type { TestableObjective } from "../../src/trial/context.ts";

declare const model: LayersModel;
declare const optimizer: Optimizer;
declare const dataset: Dataset;

const space = {
  units: hp.uniformint(1, 9),
  optimizer: hp.choice([{ type: "sgd", rate: hp.uniform(0, 1) }, { type: "adam" }]),
};
type Params = {
  readonly units: number;
  readonly optimizer: { readonly type: "sgd"; readonly rate: number } | { readonly type: "adam" };
};

const rest = { task: "classification", epochs: 1, data: () => dataset } as const;

const training = defineTraining({
  ...rest,
  space,
  model(params, { inputs, outputs, tf }) {
    expectTypeOf(params).toEqualTypeOf<Params>();
    expectTypeOf(inputs).toEqualTypeOf<number>();
    expectTypeOf(outputs).toEqualTypeOf<number>();
    expectTypeOf(tf).toEqualTypeOf<TensorFlow>();
    // @ts-expect-error only sgd has a rate
    params.optimizer.rate;
    return model;
  },
  optimizer: (params) => {
    expectTypeOf(params.units).toEqualTypeOf<number>();
    return optimizer;
  },
  batchSize: (params) => params.units,
  patience: 3,
  clipping: (params) => ({ norm: params.units }),
  schedule(params) {
    expectTypeOf(params).toEqualTypeOf<Params>();
    return () => 1;
  },
  layerRate(layer, params) {
    expectTypeOf(layer.name).toEqualTypeOf<string>();
    return params.units;
  },
  augment({ inputs }, params) {
    expectTypeOf(params).toEqualTypeOf<Params>();
    return inputs;
  },
  callbacks: {
    // @ts-expect-error only the end of an epoch has figures
    onEpochBegin: ({ metrics }) => metrics,
  },
});

expectTypeOf(training).toEqualTypeOf<TestableObjective<ParamsOf<typeof space>>>();

defineSweep({ space, objective: training });

// @ts-expect-error the sweep searches another space
defineSweep({ space: { units: hp.choice(["few", "many"]) }, objective: training });

defineTraining({
  ...rest,
  model(params) {
    // Without the space, values are unknown.
    expectTypeOf(params["units"]).toEqualTypeOf<unknown>();
    return model;
  },
  optimizer: () => optimizer,
});

defineTraining({ ...rest, model: () => model, optimizer: () => optimizer, metrics: ["auc", "top3Accuracy", "r2"] });

// @ts-expect-error no such figure
defineTraining({ ...rest, model: () => model, optimizer: () => optimizer, metrics: ["acuracy"] });

// @ts-expect-error a training needs an optimizer
defineTraining({ ...rest, space, model: () => model });

// @ts-expect-error weights are "balanced" or numbers
defineTraining({ ...rest, space, model: () => model, optimizer: () => optimizer, classWeights: "even" });

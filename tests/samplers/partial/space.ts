import { type CompiledSpace, compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";

export const space: CompiledSpace = compileSpace({
  batchSize: hp.choice([16, 32, 64]),
  lr: hp.loguniform(1e-5, 1e-1),
  optimizer: hp.choice([
    { type: "sgd", momentum: hp.uniform(0, 1), nesterov: hp.choice([true, false]) },
    { type: "adam", beta1: hp.uniform(0.8, 0.999) },
  ]),
  width: hp.quniform(0, 1, 0.1),
});

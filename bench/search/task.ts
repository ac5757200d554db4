import type { Curve } from "./curve.ts";

/** A value of a parameter, as the format has it. */
export type Value = number | string | boolean;

/** One parameter. It exists where its parent has one of the values of `when`. */
export type Param = (NumericParam | CategoricalParam) & {
  readonly name: string;
  readonly when?: { readonly param: string; readonly in: readonly Value[] };
};

interface NumericParam {
  readonly type: "float" | "int";
  readonly low: number;
  readonly high: number;
  readonly log?: boolean;
}

interface CategoricalParam {
  readonly type: "cat";
  readonly choices: readonly Value[];
}

/** The active parameters of one evaluation. */
export type Config = Readonly<Record<string, Value>>;

/** One task of a folder, and how to evaluate it. */
export interface Task {
  readonly name: string;
  /** `analytic`, or how real evaluations are replayed. */
  readonly kind: string;
  /** Parents before their children. */
  readonly space: readonly Param[];
  readonly optimum: number;
  /** Of its folder's code and data. */
  readonly version: string;
  /** Losses of random configurations. */
  readonly random: { readonly median: number };
  /** What a training may be given less of, where there are learning curves: the steps of one, ascending. */
  readonly fidelity?: { readonly name: string; readonly values: readonly number[] };
  /** Deterministic; `seed` of the run and `index` of the evaluation key the noise. */
  evaluate(config: Config, key: EvaluationKey): Evaluation;
  /** Curves of other optimizers that came with the folder. */
  readonly recorded: readonly Curve[];
}

export interface EvaluationKey {
  readonly seed: number;
  readonly index: number;
  /** One of the task's; default the last. */
  readonly fidelity?: number;
}

export interface Evaluation {
  /** All that an optimizer may see. */
  readonly loss: number;
  /** The same without noise. */
  readonly true: number;
}

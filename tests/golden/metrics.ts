import { readFileSync } from "node:fs";

export interface ClassificationRow {
  readonly name: string;
  readonly classes: number;
  readonly labels: readonly number[];
  readonly logits: readonly number[];
  readonly predicted: readonly number[];
  readonly cross_entropy: number;
  readonly accuracy: number;
  /** From k = 1; empty where scores tie. */
  readonly top_k: readonly number[];
  readonly confusion: readonly number[];
  /** Null for more than two classes. */
  readonly f1_binary: number | null;
  readonly f1_macro: number;
  readonly f1_micro: number;
  readonly auc_one_vs_rest: number;
  /** Null for more than two classes. */
  readonly auc: number | null;
}

export interface RegressionRow {
  readonly name: string;
  readonly targets: readonly number[];
  readonly predicted: readonly number[];
  readonly mae: number;
  readonly mse: number;
  readonly rmse: number;
  readonly r2: number;
}

interface Golden {
  readonly classification: readonly ClassificationRow[];
  readonly regression: readonly RegressionRow[];
}

export const metrics: Golden = JSON.parse(readFileSync(new URL("./metrics.json", import.meta.url), "utf8"));

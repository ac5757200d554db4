import type { Curve } from "./curve.ts";
import type { Sample } from "./statistics.ts";
import type { Task } from "./task.ts";

/** Fewer runs than that on a task are no sample. */
export const MIN_SEEDS = 3;

/** The curves by task and optimizer. */
export class Runs {
  readonly tasks: readonly Task[];
  readonly #curves = new Map<string, Curve[]>();

  constructor(tasks: readonly Task[], curves: readonly Curve[]) {
    this.tasks = tasks;
    for (const curve of curves) {
      const key = keyOf(curve.task, curve.optimizer);
      const known = this.#curves.get(key);
      if (known === undefined) this.#curves.set(key, [curve]);
      else known.push(curve);
    }
  }

  of(task: Task, optimizer: string): readonly Curve[] {
    return this.#curves.get(keyOf(task.name, optimizer)) ?? [];
  }

  /** (incumbent - optimum) / (median of random configurations - optimum); null where there are too few runs. */
  regrets(task: Task, optimizer: string, after: number): Sample | null {
    const scale = task.random.median - task.optimum;
    const values = this.of(task, optimizer).flatMap(({ values }) => values[after - 1] ?? []);
    return values.length < MIN_SEEDS ? null : values.map((value) => (value - task.optimum) / scale);
  }

  /** The tasks on which each of the optimizers has regrets. */
  shared(optimizers: readonly string[], after: number): readonly { readonly task: Task; readonly samples: Sample[] }[] {
    return this.tasks.flatMap((task) => {
      const samples = optimizers.flatMap((name) => [this.regrets(task, name, after) ?? []]);
      return samples.some((sample) => sample.length === 0) ? [] : [{ task, samples }];
    });
  }
}

function keyOf(task: string, optimizer: string): string {
  return JSON.stringify([task, optimizer]);
}

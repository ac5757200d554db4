import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Curve, readCurves } from "./curve.ts";
import { checkTask } from "./task-check.ts";
import { folderVersion } from "./version.ts";

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

interface TaskModule {
  readonly tasks: readonly Omit<Task, "evaluate" | "recorded" | "version">[];
  evaluate(task: unknown, config: Config, key: EvaluationKey): Evaluation;
}

/** The twelve tasks that are kept here. */
export const OWN_TASKS: string = join(import.meta.dirname, "tasks");

/** The tasks of several folders. Where two have one of the same name, the later folder's counts. */
export async function loadTasks(folders: readonly string[]): Promise<readonly Task[]> {
  const tasks = new Map<string, Task>();
  for (const folder of folders) {
    for (const task of await loadFolder(resolve(folder))) tasks.set(task.name, task);
  }
  return [...tasks.values()];
}

async function loadFolder(folder: string): Promise<readonly Task[]> {
  const path = join(folder, "tasks.mjs");
  if (!existsSync(path)) throw new Error(`${path}: no such file. A task folder exports its tasks from tasks.mjs.`);
  const { tasks, evaluate } = await moduleAt(path);
  const curves = recordedIn(join(folder, "results"));
  const version = folderVersion(folder);
  return tasks.map((task) => ({
    ...task,
    version,
    evaluate: (config, key) => checked(task.name, evaluate(task, config, key)),
    recorded: curves.filter((curve) => curve.task === task.name),
  }));
}

async function moduleAt(path: string): Promise<TaskModule> {
  try {
    const module: TaskModule = await import(pathToFileURL(path).href);
    if (!Array.isArray(module.tasks) || typeof module.evaluate !== "function")
      throw new Error("expected it to export tasks, a list, and evaluate, a function");
    for (const task of module.tasks) checkTask(task);
    return module;
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}

function checked(task: string, evaluation: Evaluation): Evaluation {
  if (typeof evaluation?.loss === "number" && typeof evaluation.true === "number") return evaluation;
  throw new Error(`${task}: evaluate: expected { loss, true } of numbers, received ${JSON.stringify(evaluation)}`);
}

function recordedIn(folder: string): readonly Curve[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  return files.flatMap((name) => readCurves(join(folder, name)));
}

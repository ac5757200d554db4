import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { thrownMessage } from "../../src/errors.ts";
import { type Curve, readCurves } from "./curve.ts";
import type { Config, Evaluation, EvaluationKey, Task } from "./task.ts";
import { checkTask } from "./task-check.ts";
import { folderVersion } from "./version.ts";

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
    throw new Error(`${path}: ${thrownMessage(error)}`);
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

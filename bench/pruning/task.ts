import type { Task } from "../search/task.ts";
import { loadTasks } from "../search/task-folder.ts";

/** A task whose evaluations have a learning curve. */
export interface CurveTask extends Task {
  readonly fidelity: { readonly name: string; readonly values: readonly number[] };
}

/** The tasks of several folders that have learning curves. */
export async function loadCurveTasks(folders: readonly string[]): Promise<readonly CurveTask[]> {
  return (await loadTasks(folders)).filter((task): task is CurveTask => task.fidelity !== undefined);
}

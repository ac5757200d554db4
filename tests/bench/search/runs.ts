import type { Curve } from "../../../bench/search/curve.ts";
import { type StudyMaker, samplerOptimizer } from "../../../bench/search/sampler.ts";
import { simulate } from "../../../bench/search/simulate.ts";
import type { Task } from "../../../bench/search/task.ts";
import { loadTasks, OWN_TASKS } from "../../../bench/search/task-folder.ts";
import type { Sampler } from "../../../src/samplers/sampler.ts";
import { createStudy } from "../../../src/study/open.ts";

export const tasks: readonly Task[] = await loadTasks([OWN_TASKS]);

export function taskNamed(name: string): Task {
  const task = tasks.find((each) => each.name === name);
  if (task === undefined) throw new Error(`no task ${name}`);
  return task;
}

/** Curves of a sampler of the source, not of the build. */
export async function curvesOf(make: () => Sampler, task: Task, seeds: number, trials: number): Promise<Curve[]> {
  const optimizer = samplerOptimizer({ name: "ours", version: "" }, make, createStudy as StudyMaker); // its space is any
  const curves: Curve[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const search = await optimizer.begin({ space: task.space, seed, inFlight: 1 });
    const values = await simulate(search, task, { seed, trials, inFlight: 1 });
    await search.close();
    curves.push({ task: task.name, optimizer: "ours", seed, inFlight: 1, values });
  }
  return curves;
}

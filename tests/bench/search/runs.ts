import { askOn } from "../../../bench/search/asking.ts";
import type { Curve } from "../../../bench/search/curve.ts";
import type { Search } from "../../../bench/search/optimizer.ts";
import { simulate } from "../../../bench/search/simulate.ts";
import { configOf, spaceOf } from "../../../bench/search/space.ts";
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
  const curves: Curve[] = [];
  for (let seed = 0; seed < seeds; seed++) {
    const search = await searchOf(make(), task, seed);
    const values = await simulate(search, task, { seed, trials, inFlight: 1 });
    await search.close();
    curves.push({ task: task.name, optimizer: "ours", seed, inFlight: 1, values });
  }
  return curves;
}

/** As the benchmark makes it, but for the clock around each proposal: reading that takes a third of the time. */
async function searchOf(sampler: Sampler, task: Task, seed: number): Promise<Search> {
  const study = await createStudy({ space: spaceOf(task.space), sampler, seed });
  return {
    async ask() {
      const asked = await askOn(study);
      if (asked === null) return null;
      return { id: asked.number, config: configOf(asked.params), ms: 0, cpuMs: 0 };
    },
    async tell(id, loss) {
      await study.tell(id, loss);
    },
    close: () => study.close(),
  };
}

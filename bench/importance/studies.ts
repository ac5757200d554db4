import { compileSpace, createStudy, decode, type Sampler } from "parzen";
import { sensitivitiesOf } from "../../src/importance/sensitivity.ts";
import { pointSpaceOf } from "../../src/samplers/points.ts";
import { configOf, spaceOf } from "../search/space.ts";
import type { Config, Param, Task } from "../search/task.ts";
import type { Shares } from "./shares.ts";

/** Trials of one search, in the terms of the task. */
export interface History {
  readonly space: readonly Param[];
  readonly trials: readonly { readonly config: Config; readonly loss: number }[];
}

/** Shares of the params: with others, and alone. */
interface Both {
  readonly total: Shares;
  readonly alone: Shares;
}

/** No param depends on another: what peers take. */
export function isFlat({ space }: Task): boolean {
  return space.every(({ when }) => when === undefined);
}

/** The shares of the losses themselves, without noise. */
export function truthOf(task: Task): Both {
  const points = pointSpaceOf(compileSpace(spaceOf(task.space)));
  const lossAt = (point: Float64Array): number => {
    const params = decode(points.space, points.assignmentOf(point)) as object; // a space of a task has named params
    return task.evaluate(configOf(params), { seed: 0, index: 0 }).true;
  };
  const sensitivities = sensitivitiesOf(points, lossAt, null);
  const byPath = new Map(points.space.dimensions.map(({ path }, index) => [path, sensitivities[index]]));
  return bothOf(task.space, (name) => byPath.get(name));
}

/** Runs a search. */
export async function historyOf(
  task: Task,
  sampler: Sampler,
  { seed, trials }: { readonly seed: number; readonly trials: number },
): Promise<History> {
  const study = await createStudy({ space: spaceOf(task.space), sampler, seed, maxTrials: trials });
  const told: { readonly config: Config; readonly loss: number }[] = [];
  for (let index = 0; index < trials; index++) {
    const trial = await study.ask();
    if (trial === null) break;
    const config = configOf(trial.params as object); // named, as above
    const { loss } = task.evaluate(config, { seed, index });
    await study.tell(trial.number, loss);
    told.push({ config, loss });
  }
  return { space: task.space, trials: told };
}

/** What parzen makes of the trials. */
export async function estimatedFrom({ space, trials }: History): Promise<Both> {
  const study = await createStudy({ space: spaceOf(space) });
  for (const { config, loss } of trials) await study.enqueue(config as never, { loss }); // of the same space
  const params = (await study.importance())?.params ?? [];
  return bothOf(space, (name) => {
    const found = params.find(({ path }) => path === name);
    return found && { total: found.importance, alone: found.alone };
  });
}

function bothOf(space: readonly Param[], of: (name: string) => { total: number; alone: number } | undefined): Both {
  const found = space.map(({ name }) => of(name) ?? { total: 0, alone: 0 });
  return { total: found.map(({ total }) => total), alone: found.map(({ alone }) => alone) };
}

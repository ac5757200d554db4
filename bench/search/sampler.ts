import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { RootSpace, Sampler } from "parzen";
import * as parzen from "parzen";
import { askOn } from "./asking.ts";
import type { Asked, Optimizer, Problem, Search } from "./optimizer.ts";
import { configOf, spaceOf } from "./space.ts";
import { makerOf, strategyFrom } from "./strategy.ts";

/** The part of a study that a search needs, so that a test can give studies of the source instead of the build's. */
export type StudyMaker = (options: {
  readonly space: RootSpace;
  readonly sampler: Sampler;
  readonly seed: number;
}) => Promise<{
  ask(options: { readonly leaseMs: number }): Promise<{ readonly number: number; readonly params: unknown } | null>;
  tell(number: number, loss: number): Promise<unknown>;
  resume(): Promise<unknown>;
  close(): Promise<void>;
}>;

/** The samplers that parzen can be asked for by name alone, of those that this build has. */
export const SAMPLERS: readonly string[] = ["random", "qmc", "tpe", "gp", "auto"].filter(
  (name) => typeof makerOf(name) === "function",
);

/**
 * A sampler by what is written on the command line: `tpe`, with options `tpe:{"startup":10}`, or the path of a module
 * whose default export makes one.
 */
export async function makerFor(text: string): Promise<() => Sampler> {
  if (/\.[cm]?[jt]s$/.test(text)) {
    const module: { default: () => Sampler } = await import(pathToFileURL(resolve(text)).href);
    return module.default;
  }
  const make = strategyFrom<Sampler>("--sampler", text, SAMPLERS);
  make(); // which refuses options that are none before anything runs
  return make;
}

/** A sampler of parzen, in a study in memory: what a user gets. */
export function samplerOptimizer(
  { name, version }: { readonly name: string; readonly version: string },
  make: () => Sampler,
  createStudy: StudyMaker = parzen.createStudy,
): Optimizer {
  return {
    name,
    version,
    begin: async (problem) => studySearch(make(), problem, createStudy),
    close: async () => {},
  };
}

async function studySearch(sampler: Sampler, problem: Problem, createStudy: StudyMaker): Promise<Search> {
  const watched = watch(sampler, problem.inFlight);
  const study = await createStudy({ space: spaceOf(problem.space), sampler: watched.sampler, seed: problem.seed });
  return {
    async ask(): Promise<Asked | null> {
      const asked = await askOn(study);
      if (asked === null) return null;
      return { id: asked.number, config: configOf(asked.params as object), ...watched.effort() }; // params of an object
    },
    async tell(id, loss) {
      await study.tell(id, loss);
    },
    close: () => study.close(),
  };
}

type Effort = Pick<Asked, "ms" | "cpuMs">;

/** The sampler, timed, and told how many trials are evaluated at once, which a study that is asked cannot know. */
function watch(sampler: Sampler, parallelism: number): { readonly sampler: Sampler; effort(): Effort } {
  let effort: Effort = { ms: 0, cpuMs: 0 };
  const propose: Sampler["propose"] = (request) => {
    const [begin, cpu] = [performance.now(), process.cpuUsage()];
    const proposal = sampler.propose({ ...request, plan: { ...request.plan, parallelism } });
    const { user, system } = process.cpuUsage(cpu);
    effort = { ms: performance.now() - begin, cpuMs: (user + system) / 1e3 };
    return proposal;
  };
  return { sampler: { ...sampler, propose }, effort: () => effort };
}

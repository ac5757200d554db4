import { random, type Sampler } from "parzen";
import type { Asked, Optimizer, Search } from "../search/optimizer.ts";
import type { Peer } from "../search/peers.ts";
import { samplerOptimizer } from "../search/sampler.ts";
import type { Config, Param } from "../search/task.ts";
import { bowl } from "./spaces.ts";

export interface Point {
  readonly space: readonly Param[];
  /** Finished trials, drawn at random, that a search begins with. */
  readonly past: number;
}

export interface Effort {
  /** Searches begun anew, so that the number of past trials stays near what it should be. */
  readonly searches: number;
  /** Proposals of each search, told as they come, of which the first two are not counted: they read the past. */
  readonly proposals: number;
  /** Proposing ends when it has taken so long, but not before one is counted. */
  readonly budgetMs: number;
}

/** What one proposal took. */
export type Time = Pick<Asked, "ms" | "cpuMs">;

const NOT_COUNTED = 2;
const NAMELESS = { name: "", version: "" };

/** The counted proposals of a sampler of parzen. */
export async function timesOfSampler(make: () => Sampler, point: Point, effort: Effort): Promise<readonly Time[]> {
  const optimizer = samplerOptimizer(NAMELESS, () => afterRandom(make(), point.past));
  return timesOf(effort, point, async (seed) => {
    const search = await begin(optimizer, point, seed);
    await drawPast(search, point);
    return search;
  });
}

/** The same of a peer, which is told the past. */
export async function timesOfPeer(peer: Peer, point: Point, effort: Effort): Promise<readonly Time[]> {
  const source = await begin(samplerOptimizer(NAMELESS, random), point, 0);
  const past = await drawPast(source, point);
  await source.close();
  return timesOf(effort, point, async (seed) => {
    const search = await peer.begin({ space: point.space, seed, inFlight: 1 });
    for (const config of past) await search.add(config, bowl(point.space, config));
    return search;
  });
}

async function timesOf(effort: Effort, { space }: Point, beginOne: (seed: number) => Promise<Search>): Promise<Time[]> {
  const times: Time[] = [];
  let spent = 0;
  const isSpent = (): boolean => spent >= effort.budgetMs && times.length > 0;
  for (let seed = 0; seed < effort.searches && !isSpent(); seed++) {
    const search = await beginOne(seed);
    for (let index = 0; index < effort.proposals && !isSpent(); index++) {
      const asked = await ask(search);
      spent += asked.ms;
      if (index >= NOT_COUNTED) times.push(asked);
      await search.tell(asked.id, bowl(space, asked.config));
    }
    await search.close();
  }
  return times;
}

function begin(optimizer: Optimizer, { space }: Point, seed: number): Promise<Search> {
  return optimizer.begin({ space, seed, inFlight: 1 });
}

/** Runs the first trials of a search. */
async function drawPast(search: Search, { space, past }: Point): Promise<readonly Config[]> {
  const configs: Config[] = [];
  while (configs.length < past) {
    const asked = await ask(search);
    configs.push(asked.config);
    await search.tell(asked.id, bowl(space, asked.config));
  }
  return configs;
}

async function ask(search: Search): Promise<Asked> {
  const asked = await search.ask();
  if (asked === null) throw new Error("the space has no end");
  return asked;
}

/** The sampler, its first trials drawn at random instead. */
function afterRandom(sampler: Sampler, past: number): Sampler {
  const first = random();
  const of = (trialNumber: number): Sampler => (trialNumber < past ? first : sampler);
  return { ...sampler, propose: (request) => of(request.trialNumber).propose(request) };
}

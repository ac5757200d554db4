import { random, type Sampler } from "parzen";
import type { Optimizer, Search } from "../search/optimizer.ts";
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
  /** No search is begun, and none goes on, when so much time has gone into proposals. */
  readonly budgetMs: number;
}

const NOT_COUNTED = 2;

/** Milliseconds of each counted proposal of a sampler of parzen. */
export async function timesOfSampler(make: () => Sampler, point: Point, effort: Effort): Promise<readonly number[]> {
  const optimizer = samplerOptimizer({ name: "", version: "" }, () => afterRandom(make(), point.past));
  return timesOf(effort, (seed) => beginAfterAsking(optimizer, point, seed));
}

/** The same of a peer, which is told the past. */
export async function timesOfPeer(peer: Peer, point: Point, effort: Effort): Promise<readonly number[]> {
  const past = await pastOf(point);
  return timesOf(effort, async (seed) => {
    const search = await peer.begin({ space: point.space, seed, inFlight: 1 });
    for (const config of past) await search.add(config, bowl(point.space, config));
    return { search, tell: (id, config) => search.tell(id, bowl(point.space, config)) };
  });
}

interface Begun {
  readonly search: Search;
  tell(id: number, config: Config): Promise<void>;
}

async function timesOf(effort: Effort, begin: (seed: number) => Promise<Begun>): Promise<readonly number[]> {
  const times: number[] = [];
  let spent = 0;
  for (let seed = 0; seed < effort.searches && spent < effort.budgetMs; seed++) {
    const { search, tell } = await begin(seed);
    for (let index = 0; index < effort.proposals && spent < effort.budgetMs; index++) {
      const asked = await search.ask();
      if (asked === null) throw new Error("the space has no end");
      spent += asked.ms;
      if (index >= NOT_COUNTED) times.push(asked.ms);
      await tell(asked.id, asked.config);
    }
    await search.close();
  }
  return times;
}

async function beginAfterAsking(optimizer: Optimizer, { space, past }: Point, seed: number): Promise<Begun> {
  const search = await optimizer.begin({ space, seed, inFlight: 1 });
  const tell = (id: number, config: Config): Promise<void> => search.tell(id, bowl(space, config));
  for (let trial = 0; trial < past; trial++) {
    const asked = await search.ask();
    if (asked !== null) await tell(asked.id, asked.config);
  }
  return { search, tell };
}

async function pastOf({ space, past }: Point): Promise<readonly Config[]> {
  const search = await samplerOptimizer({ name: "", version: "" }, random).begin({ space, seed: 0, inFlight: 1 });
  const configs: Config[] = [];
  while (configs.length < past) {
    const asked = await search.ask();
    if (asked === null) break;
    configs.push(asked.config);
    await search.tell(asked.id, 0);
  }
  await search.close();
  return configs;
}

/** The sampler, its first trials drawn at random instead. */
function afterRandom(sampler: Sampler, past: number): Sampler {
  const first = random();
  const of = (trialNumber: number): Sampler => (trialNumber < past ? first : sampler);
  return { ...sampler, propose: (request) => of(request.trialNumber).propose(request) };
}

import type { Config, Param } from "./task.ts";

/** A trial that waits for its loss. */
export interface Asked {
  readonly id: number;
  readonly config: Config;
  /** Milliseconds that the optimizer thought, as its own process saw it. */
  readonly ms: number;
  /** The same in time of all cores, which waiting for other programs does not lengthen. */
  readonly cpuMs: number;
}

/** One search, driven from outside. */
export interface Search {
  /** Null where every configuration was tried. */
  ask(): Promise<Asked | null>;
  tell(id: number, loss: number): Promise<void>;
  close(): Promise<void>;
}

/** What a search is for. */
export interface Problem {
  readonly space: readonly Param[];
  readonly seed: number;
  /** Trials that will be evaluated at once. */
  readonly inFlight: number;
}

/** Something that searches: a sampler of parzen, or another program. */
export interface Optimizer {
  /** As the report calls it. */
  readonly name: string;
  /** Of its code. */
  readonly version: string;
  begin(problem: Problem): Promise<Search>;
  close(): Promise<void>;
}

import type { Pruner } from "../pruners/pruner.ts";
import type { Sampler } from "../samplers/sampler.ts";
import type { ParamsOf } from "../space/infer.ts";
import type { RootSpace } from "../space/node.ts";
import type { Objective } from "../trial/context.ts";
import type { JsonObject } from "../trial/json.ts";

/** What a sweep file defines: how one trial is judged, and the search. An unknown key is an error. */
export type Sweep<S extends RootSpace = RootSpace> = ObjectiveSweep<S> | CommandSweep<S>;

/** A sweep that judges params by a function. */
export interface ObjectiveSweep<S extends RootSpace> extends Search<S> {
  readonly objective: Objective<ParamsOf<NoInfer<S>>>;
  readonly command?: never;
}

/** A sweep that judges params by running a program. */
export interface CommandSweep<S extends RootSpace> extends Search<S> {
  /** The program and its arguments; see `docs/commands.md` for what is replaced in them. */
  readonly command: readonly string[];
  readonly objective?: never;
}

/** What is searched, and how. */
export interface Search<S extends RootSpace> {
  /** Default: the file's name without its ending. */
  readonly name?: string;
  readonly space: S;
  /** What params must satisfy: an expression such as `"warmup < epochs"`, or several. Default nothing. */
  readonly where?: string | readonly string[];
  /** Default "minimize". */
  readonly direction?: "minimize" | "maximize";
  /** Which figure is the loss. Default "loss". */
  readonly metric?: string;
  /** Total of trials. Default 100. */
  readonly maxTrials?: number;
  /** For the whole run: seconds, or text such as "90s", "10m", "2h". Default none. */
  readonly timeout?: number | string;
  /** For one trial, likewise. */
  readonly trialTimeout?: number | string;
  /** Places that evaluate at once. Default 1. */
  readonly slots?: number;
  /** Of how many of the best trials files are kept. Default: all in a directory, 3 in Redis. */
  readonly keepModels?: number;
  /** Default "auto". */
  readonly sampler?: string | Sampler | { readonly [name: string]: JsonObject };
  /** Default "none". */
  readonly pruner?: string | Pruner | { readonly [name: string]: JsonObject };
  /** Default 0. */
  readonly seed?: number;
  /** Tags that a slot must have: `gpu`, or any that workers are started with. Default none. */
  readonly requires?: readonly string[];
  /** Files, relative to the sweep's, that belong to the version of the objective. */
  readonly data?: readonly string[];
  /** Params that are tried first. */
  readonly defaults?: ParamsOf<NoInfer<S>>;
}

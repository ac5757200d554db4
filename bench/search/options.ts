import { parseArgs } from "node:util";
import { thrownMessage } from "../../src/errors.ts";
import { PEERS, peersIn } from "./peers.ts";

export interface Options {
  readonly help: boolean;
  readonly samplers: readonly string[];
  readonly folders: readonly string[];
  /** Names of tasks; empty for all. */
  readonly only: readonly string[];
  readonly seeds: number;
  /** The first of them. */
  readonly firstSeed: number;
  readonly trials: number;
  /** Numbers of trials evaluated at once, each a part of the report. */
  readonly inFlight: readonly number[];
  /** Of the evaluations, what fails by chance. */
  readonly failing: number;
  /** A Python that has the peers; null for the recorded curves alone. */
  readonly python: string | null;
  readonly peers: readonly string[];
  readonly out: string;
}

export const USAGE = `npm run bench:search -- [options]

  --sampler NAME       a sampler of parzen, e.g. tpe or 'tpe:{"hyperopt":true}', or a module that makes one; may come
                       again (auto)
  --tasks DIR          a further folder of tasks, with its recorded curves; may come again
  --only A,B           these tasks alone
  --seeds N            runs of each optimizer on each task (20)
  --first-seed N       the first of the seeds, of which recorded curves have their own (0)
  --trials N           of each run (100)
  --in-flight 1,8,32   trials evaluated at once; several numbers make a report of several parts (1)
  --failing SHARE      of the evaluations, what fails by chance, e.g. 0.2: without curves of others, and not with
                       --python (0)
  --python PROGRAM     run the peers too, in a Python that has them
  --peers A,B          which (${PEERS.join(",")})
  --out DIR            where curves.jsonl, report.md and report.json go (.parzen/bench-search); curves that are there
                       already are not run again`;

/** @throws with the usage, where the command line cannot be understood */
export function readOptions(args: readonly string[]): Options {
  try {
    return parse(args);
  } catch (error) {
    throw new Error(`${thrownMessage(error)}\n\n${USAGE}`);
  }
}

function parse(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sampler: { type: "string", multiple: true, default: ["auto"] },
      tasks: { type: "string", multiple: true, default: [] },
      only: { type: "string" },
      seeds: { type: "string", default: "20" },
      "first-seed": { type: "string", default: "0" },
      trials: { type: "string", default: "100" },
      "in-flight": { type: "string", default: "1" },
      failing: { type: "string", default: "0" },
      python: { type: "string" },
      peers: { type: "string", default: PEERS.join(",") },
      out: { type: "string", default: ".parzen/bench-search" },
      help: { type: "boolean", default: false },
    },
  });
  return {
    help: values.help,
    samplers: values.sampler,
    folders: values.tasks,
    only: list(values.only ?? ""),
    seeds: count("--seeds", values.seeds),
    firstSeed: count("--first-seed", values["first-seed"], 0),
    trials: count("--trials", values.trials),
    inFlight: values["in-flight"].split(",").map((text) => count("--in-flight", text)),
    failing: shareOf(values.failing, values.python),
    python: values.python ?? null,
    peers: peersIn(values.peers),
    out: values.out,
  };
}

function list(text: string): readonly string[] {
  return text.split(",").filter((name) => name !== "");
}

function shareOf(text: string, python: string | undefined): number {
  const share = Number(text);
  if (!(share >= 0 && share < 1))
    throw new Error(`--failing: expected a share from 0 to less than 1, received ${text}`);
  if (share > 0 && python !== undefined)
    throw new Error("--failing: not with --python, whose peers are not told of it");
  return share;
}

/** @throws naming the option, where it is not given a whole number from `least` */
export function count(option: string, text: string, least = 1): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isSafeInteger(value) || value < least)
    throw new Error(`${option}: expected an integer from ${least}, received ${text}`);
  return value;
}

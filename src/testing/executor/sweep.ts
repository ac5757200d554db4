/**
 * The sweep that the executor contract evaluates: its one choice says how the objective behaves. It is a file of its
 * own, without imports that run, so that a child process can load it.
 */
import type { RootSpace } from "../../space/node.ts";
import type { TestableObjective, TrialContext } from "../../trial/context.ts";

export const BEHAVIOURS = [
  "loss",
  "record",
  "nan",
  "infinity",
  "text",
  "nothing",
  "throw",
  "reports",
  "hold",
  "ignore",
  "artifact",
  "seed",
  "checkpoint",
] as const;

export type Behaviour = (typeof BEHAVIOURS)[number];

export interface ContractParams {
  readonly behaviour: Behaviour;
  readonly x: number;
}

type Act = (params: ContractParams, trial: TrialContext) => unknown;

const acts: { readonly [name in Behaviour]: Act } = {
  /** The params, as the loss. */
  loss: ({ x }) => x,
  /** A loss with a good and a bad metric. */
  record: ({ x }) => ({ loss: x, metrics: { doubled: 2 * x, broken: Number.NaN } }),
  nan: () => Number.NaN,
  infinity: () => Number.POSITIVE_INFINITY,
  text: () => "0.5",
  nothing: () => undefined,
  throw: () => {
    throw new Error("the objective of the contract throws");
  },
  /** Reports 1/(step+1) at steps 0 to 4 and a NaN at 5; stops when it is told to. */
  reports: async (_params, { report }) => {
    for (let step = 0; step <= 5; step++) {
      if ((await report(step, step === 5 ? Number.NaN : 1 / (step + 1))) !== "continue") return 100;
    }
    return 1;
  },
  /** Reports once and then waits to be asked to end. */
  hold: async (_params, { report, signal }) => {
    await report(3, 0.5);
    await untilAsked(signal);
    return 7;
  },
  /** Reports once and never ends. */
  ignore: async (_params, { report }) => {
    await report(0, 0.5);
    return new Promise(() => undefined);
  },
  /** Writes a file, and gives the length of what it reads back. */
  artifact: async (_params, { artifacts }) => {
    await artifacts.write("model.bin", new Uint8Array([1, 2, 3]));
    return (await artifacts.read("model.bin"))?.length;
  },
  seed: (_params, trial) => ({
    loss: trial.seed,
    metrics: { number: trial.number, attempt: trial.attempt, studySeed: trial.studySeed },
  }),
  /** Saves x at step 4 and waits to be asked to end; where there is such a checkpoint, gives its step + 2x. */
  checkpoint: async ({ x }, { checkpoint, report, signal }) => {
    const saved = await checkpoint.load();
    if (saved !== null) return saved.step + 2 * Number(new TextDecoder().decode(saved.files["x"]));
    await checkpoint.save(4, { x: new TextEncoder().encode(String(x)) });
    await report(4, x);
    await untilAsked(signal);
    return 0;
  },
};

/** Resolves when the trial is told to end. */
function untilAsked(signal: TrialContext["signal"]): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve());
  });
}

export const contractSpace: RootSpace = { behaviour: { choice: BEHAVIOURS }, x: { uniform: [0, 1] } };

export const contractObjective: TestableObjective<ContractParams> = {
  // Some of what it returns is no result, on purpose.
  evaluate: (params, trial) => acts[params.behaviour](params, trial) as number,
  /** The figures come from what `artifact` left behind. */
  test: async (_params, { artifacts }) => ({ metrics: { bytes: (await artifacts.read("model.bin"))?.length ?? 0 } }),
};

/** What a sweep's module exports by default; not `defineSweep`, as this file imports nothing that runs. */
interface SweepModule {
  readonly name: string;
  readonly space: RootSpace;
  readonly objective: TestableObjective<ContractParams>;
}

const sweep: SweepModule = { name: "executor-contract", space: contractSpace, objective: contractObjective };
export default sweep;

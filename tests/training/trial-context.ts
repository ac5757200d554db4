import type { Checkpoint, TrialContext } from "../../src/trial/context.ts";
import type { Report, Verdict } from "../../src/trial/report.ts";

/** A trial outside any study: files and checkpoints in memory, reports kept. */
export interface LoneTrial extends TrialContext {
  readonly files: Map<string, Uint8Array>;
  readonly reports: Report[];
  /** The newest last. */
  readonly checkpoints: Checkpoint[];
  readonly controller: AbortController;
}

export interface LoneTrialOptions {
  readonly seed?: number;
  readonly studySeed?: number;
  readonly verdict?: (step: number) => Verdict;
  /** What an earlier attempt saved. */
  readonly checkpoint?: Checkpoint | undefined;
}

export function loneTrial(options: LoneTrialOptions = {}): LoneTrial {
  const files = new Map<string, Uint8Array>();
  const reports: Report[] = [];
  const checkpoints: Checkpoint[] = [];
  const controller = new AbortController();
  return {
    files,
    reports,
    checkpoints,
    controller,
    number: 0,
    attempt: 1,
    seed: options.seed ?? 1,
    studySeed: options.studySeed ?? 7,
    fidelity: null,
    signal: controller.signal,
    artifacts: {
      write: async (name, bytes) => void files.set(name, bytes),
      read: async (name) => files.get(name) ?? null,
    },
    checkpoint: {
      async save(step, bytes) {
        checkpoints.push({ step, files: bytes instanceof Uint8Array ? { checkpoint: bytes.slice() } : bytes });
        return "continue";
      },
      load: async () => checkpoints.at(-1) ?? options.checkpoint ?? null,
    },
    async report(step, value) {
      reports.push({ step, value });
      return options.verdict?.(step) ?? "continue";
    },
  };
}

import type { TrialContext } from "../../src/trial/context.ts";
import type { Report, Verdict } from "../../src/trial/report.ts";

/** A trial outside any study: files in memory, reports kept. */
export interface LoneTrial extends TrialContext {
  readonly files: Map<string, Uint8Array>;
  readonly reports: Report[];
  readonly controller: AbortController;
}

export interface LoneTrialOptions {
  readonly seed?: number;
  readonly studySeed?: number;
  readonly verdict?: (step: number) => Verdict;
}

export function loneTrial(options: LoneTrialOptions = {}): LoneTrial {
  const files = new Map<string, Uint8Array>();
  const reports: Report[] = [];
  const controller = new AbortController();
  return {
    files,
    reports,
    controller,
    number: 0,
    attempt: 1,
    seed: options.seed ?? 1,
    studySeed: options.studySeed ?? 7,
    signal: controller.signal,
    artifacts: {
      write: async (name, bytes) => void files.set(name, bytes),
      read: async (name) => files.get(name) ?? null,
    },
    checkpoint: { save: async () => "continue", load: async () => null },
    async report(step, value) {
      reports.push({ step, value });
      return options.verdict?.(step) ?? "continue";
    },
  };
}

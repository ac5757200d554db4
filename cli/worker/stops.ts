import type { Worker } from "../../workers/options.ts";
import { hearEndSignals } from "../end-signals.ts";
import { EXIT, type ExitCode } from "../exit.ts";

/** What ended a worker. */
export interface WorkerStops {
  /** That of a signal only where it killed what ran. */
  exitCode(): ExitCode;
  /** Gives the signals back to the system. */
  dispose(): void;
}

/** Hands back, or drains, at the first signal, which is an orderly end; kills at the last. */
export function stopOnSignals(worker: Worker, drains: boolean): WorkerStops {
  const steps = [...(drains ? [() => worker.drain()] : []), () => worker.handBack()];
  let killedWith: ExitCode | null = null;
  const dispose = hearEndSignals((code) => {
    const step = steps.shift();
    if (step === undefined) killedWith ??= code;
    (step ?? worker.handBack.bind(worker))();
  });
  return { exitCode: () => killedWith ?? EXIT.ok, dispose };
}

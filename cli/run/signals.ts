import { hearEndSignals } from "../end-signals.ts";
import { EXIT, type ExitCode } from "../exit.ts";

/** What a run listens to. */
export interface Stops {
  /** Aborted by the first Ctrl-C: propose nothing more, let running trials end. */
  readonly drain: AbortSignal;
  /** Aborted by the second Ctrl-C or by SIGTERM: stop at once. */
  readonly halt: AbortSignal;
  /** The exit code that the signals ask for; null where there was none. */
  readonly exitCode: () => ExitCode | null;
  /** Gives the signals back to the system. */
  dispose(): void;
}

export interface StopListener {
  draining(): void;
  halting(): void;
}

/** Turns Ctrl-C and SIGTERM into the end of a run. */
export function listenForStops({ draining, halting }: StopListener): Stops {
  const drain = new AbortController();
  const halt = new AbortController();
  let exitCode: ExitCode | null = null;
  const stopNow = (): void => {
    if (halt.signal.aborted) return;
    halt.abort();
    halting();
  };
  const dispose = hearEndSignals((code) => {
    exitCode ??= code;
    if (code !== EXIT.interrupted || drain.signal.aborted) return stopNow();
    drain.abort();
    draining();
  });
  return { drain: drain.signal, halt: halt.signal, exitCode: () => exitCode, dispose };
}

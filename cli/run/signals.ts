import { hearEndSignals } from "../end-signals.ts";
import { EXIT, type ExitCode } from "../exit.ts";

/** How long an end at once is waited for; the store may be away for longer. */
const HALT_MS = 5000;

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

/** Turns Ctrl-C and SIGTERM into the end of a run; one that comes long after the last of these is as good as kill -9. */
export function listenForStops({ draining, halting }: StopListener): Stops {
  const drain = new AbortController();
  const halt = new AbortController();
  let exitCode: ExitCode | null = null;
  let haltedAt = Number.POSITIVE_INFINITY;
  const stopNow = (askedFor: ExitCode): void => {
    if (performance.now() - haltedAt > HALT_MS) process.exit(askedFor);
    if (halt.signal.aborted) return;
    haltedAt = performance.now();
    halt.abort();
    halting();
  };
  const dispose = hearEndSignals((code) => {
    exitCode ??= code;
    if (code !== EXIT.interrupted || drain.signal.aborted) return stopNow(exitCode);
    drain.abort();
    draining();
  });
  return { drain: drain.signal, halt: halt.signal, exitCode: () => exitCode, dispose };
}

import { hearEndSignals } from "../end-signals.ts";
import { EXIT, type ExitCode } from "../exit.ts";

/** How long an end at once is waited for, whoever asks again. */
const HALT_MS = 5000;

/** How long it is waited for in any case: systemd, as docs/deploy.md has it, and clusters kill after thirty seconds. */
const LONGEST_HALT_MS = 20_000;

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
  /** The process ends now, as good as killed: its end at once took too long. */
  leaving?(): void;
}

/**
 * Turns Ctrl-C and SIGTERM into the end of a run. An end at once that takes too long, as where the store says nothing, is
 * as good as kill -9: at the next signal, or by itself.
 */
export function listenForStops({ draining, halting, leaving }: StopListener): Stops {
  const drain = new AbortController();
  const halt = new AbortController();
  let exitCode: ExitCode | null = null;
  let haltedAt = Number.POSITIVE_INFINITY;
  let patience: NodeJS.Timeout | undefined;
  const leave = (askedFor: ExitCode): void => {
    leaving?.();
    process.exit(askedFor);
  };
  const stopNow = (askedFor: ExitCode): void => {
    if (performance.now() - haltedAt > HALT_MS) leave(askedFor);
    if (halt.signal.aborted) return;
    haltedAt = performance.now();
    patience = setTimeout(() => leave(askedFor), LONGEST_HALT_MS).unref();
    halt.abort();
    halting();
  };
  const unhear = hearEndSignals((code) => {
    exitCode ??= code;
    if (code !== EXIT.interrupted || drain.signal.aborted) return stopNow(exitCode);
    drain.abort();
    draining();
  });
  const dispose = (): void => {
    unhear();
    clearTimeout(patience);
  };
  return { drain: drain.signal, halt: halt.signal, exitCode: () => exitCode, dispose };
}

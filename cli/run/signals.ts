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

/** npm passes Ctrl-C on to a child that the terminal has told already; what comes so soon again is the same one. */
const ECHO_MS = 300;

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
  let interruptedAt = Number.NEGATIVE_INFINITY;
  const interrupt = (): void => {
    const now = performance.now();
    const isEcho = process.env["npm_lifecycle_event"] !== undefined && now - interruptedAt < ECHO_MS;
    interruptedAt = now;
    if (isEcho) return;
    exitCode ??= EXIT.interrupted;
    if (drain.signal.aborted) stopNow();
    else {
      drain.abort();
      draining();
    }
  };
  const terminate = (): void => {
    exitCode ??= EXIT.terminated;
    stopNow();
  };
  const signals = [
    ["SIGINT", interrupt],
    ["SIGTERM", terminate],
    ["SIGHUP", terminate],
  ] as const;
  for (const [signal, act] of signals) process.on(signal, act);
  return {
    drain: drain.signal,
    halt: halt.signal,
    exitCode: () => exitCode,
    dispose: () => {
      for (const [signal, act] of signals) process.off(signal, act);
    },
  };
}

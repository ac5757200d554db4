import { basename } from "node:path";
import { EXIT, type ExitCode } from "./exit.ts";

/** npm passes Ctrl-C on to a child that the terminal has told already; what comes so soon again is the same one. */
const ECHO_MS = 300;

/**
 * Hears the signals that ask this process to end: Ctrl-C as `EXIT.interrupted`, SIGTERM as `EXIT.terminated`, and a
 * terminal that was closed as `EXIT.hungUp`, once: its shell and the system both tell of that. What nohup started does
 * not hear of its terminal.
 *
 * @returns what gives them back to the system
 */
export function hearEndSignals(heard: (code: ExitCode) => void): () => void {
  let interruptedAt = Number.NEGATIVE_INFINITY;
  const interrupt = (): void => {
    const now = performance.now();
    const isEcho = process.env["npm_lifecycle_event"] !== undefined && now - interruptedAt < ECHO_MS;
    interruptedAt = now;
    if (!isEcho) heard(EXIT.interrupted);
  };
  const terminate = (): void => heard(EXIT.terminated);
  let isHungUp = isUnderNohup();
  const hangUp = (): void => {
    if (!isHungUp) heard(EXIT.hungUp);
    isHungUp = true;
  };
  const signals = [
    ["SIGINT", interrupt],
    ["SIGTERM", terminate],
    ["SIGHUP", hangUp],
  ] as const;
  for (const [signal, act] of signals) process.on(signal, act);
  return () => {
    for (const [signal, act] of signals) process.off(signal, act);
  };
}

/** Node.js takes back that nohup had this process ignore the signal; what is left of it is what the shell ran. */
function isUnderNohup(): boolean {
  return basename(process.env["_"] ?? "") === "nohup";
}

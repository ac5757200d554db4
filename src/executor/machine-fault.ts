import { isParzenError, type ParzenError } from "../errors.ts";
import type { LostOutcome } from "../trial/outcome.ts";

/** Errors of a system that has run out of something, whoever met it: memory, processes, files, the disk. */
const EXHAUSTED = new Set(["EAGAIN", "ENOMEM", "ENOSPC", "EMFILE", "ENFILE", "EIO", "EDQUOT"]);

/** Longest message, in characters. */
const MAX_MESSAGE = 1000;

/** The outcome of a trial that the machine could not run: another time or another machine will do. */
export function machineFault(message: string): LostOutcome {
  const shown = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE - 3)}...` : message;
  return { kind: "lost", machine: true, message: shown };
}

/** Whether an error says that the machine has run out of something, so that nothing on it would fare better. */
export function isExhaustion(error: unknown): boolean {
  return error instanceof Error && "code" in error && EXHAUSTED.has(String(error.code));
}

/** Whether an error says in plain words what is wrong with the machine. */
export function isMachineFault(error: unknown): error is ParzenError {
  return isParzenError(error) && error.code === "MACHINE_FAULT";
}

/** Whether an error came from a call of the system. */
export function isSystemError(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error;
}

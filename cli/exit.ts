import type { ErrorCode } from "../src/errors.ts";

/** Exit codes of `parzen`; `docs/cli.md` explains them to users. */
export const EXIT = {
  ok: 0,
  /** The study failed or ended without a complete trial, or something unforeseen happened. */
  failed: 1,
  /** Wrong usage, or a file that is wrong. */
  usage: 2,
  /** The study, trial or sweep that was named does not exist. */
  notFound: 3,
  /** The store cannot be opened, read or written. */
  store: 4,
  /** SIGHUP: the terminal was closed. */
  hungUp: 129,
  /** SIGINT: Ctrl-C. */
  interrupted: 130,
  /** SIGTERM. */
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The exit code of an error that a user can cause. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  switch (code) {
    case "STORE_UNAVAILABLE":
    case "STORE_CORRUPT":
    case "STORE_NEWER":
    case "STORE_FULL":
    case "ARTIFACT_REFUSED":
      return EXIT.store;
    case "STUDY_NOT_FOUND":
    case "TRIAL_NOT_FOUND":
    case "SWEEP_NOT_FOUND":
      return EXIT.notFound;
    case "MACHINE_FAULT":
    case "NO_TEST":
    case "NOTHING_TO_PLOT":
    case "NO_BACKEND":
    case "TRIAL_NOT_RUNNING":
      return EXIT.failed;
    default:
      return EXIT.usage;
  }
}

import { fileURLToPath } from "node:url";
import { isParzenError, type ParzenError, show } from "../errors.ts";
import { errorsOf, MAX_INNER, messageOf } from "./failure-message.ts";

/** The folder of this package's code, where it has one of its own: a bundler puts it into one file with its user's. */
const FOLDER = /^(.+\/)executor\/failure-stack\.[jt]s$/.exec(import.meta.url ?? "")?.[1];

/** The same in both ways in which a stack names files. */
const OWN: readonly string[] = FOLDER === undefined ? [] : [FOLDER, fileURLToPath(FOLDER)];

/**
 * What was thrown, as the log shows it: its stack, and those of what caused it, without the frames of this package and of
 * the inside of Node.js, unless there are no others. Of an error of the user's making these are not shown either, but
 * what to do. Never throws itself.
 */
export function stackOf(thrown: unknown): string {
  try {
    if (isParzenError(thrown)) return usersError(thrown);
    return `${thrown instanceof Error ? stacksOf(thrown, 0).join("\n") : messageOf(thrown)}\n`;
  } catch {
    return `${messageOf(thrown)}\n`;
  }
}

function usersError(error: ParzenError): string {
  const hint = error.hint === undefined ? "" : `${error.hint}\n`;
  return `${usersStack(error) ?? messageOf(error)}\n${hint}`;
}

function stacksOf(error: Error, depth: number): readonly string[] {
  const own = usersStack(error) ?? error.stack ?? messageOf(error);
  if (depth === MAX_INNER) return [own];
  const inner = (label: string, thrown: unknown): readonly string[] => {
    const [first, ...others] = thrown instanceof Error ? stacksOf(thrown, depth + 1) : [show(thrown)];
    return [`[${label}]: ${first}`, ...others];
  };
  const cause = error.cause === undefined ? [] : inner("cause", error.cause);
  const errors = errorsOf(error).slice(0, MAX_INNER);
  return [own, ...errors.flatMap((each) => inner("error", each)), ...cause];
}

/** The stack with the user's frames alone; null where there are none. */
function usersStack(error: Error): string | null {
  const lines = (error.stack ?? messageOf(error)).split("\n");
  const shown = lines.filter((line) => !isFrame(line) || !["node:internal/", ...OWN].some((own) => line.includes(own)));
  return shown.some(isFrame) ? shown.join("\n") : null;
}

function isFrame(line: string): boolean {
  return /^\s+at /.test(line);
}

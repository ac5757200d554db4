import { fileURLToPath } from "node:url";
import { isParzenError, show } from "../errors.ts";

/** Longest message of a failure, in characters and in lines. */
const MAX_MESSAGE = 1000;
const MAX_LINES = 4;

/** The first lines of what was thrown, with the name of the error where it says something. Never throws itself. */
export function messageOf(thrown: unknown): string {
  try {
    if (!(thrown instanceof Error)) return shorten(`threw ${show(thrown)}`);
    const named = thrown.name === "Error" || isParzenError(thrown) ? "" : `${thrown.name}: `;
    return shorten(`${named}${thrown.message === "" ? "an error without a message" : thrown.message}`);
  } catch {
    return "threw something that cannot be shown";
  }
}

/** The folder of this package's code, where it has one of its own: a bundler puts it into one file with its user's. */
const FOLDER = /^(.+\/)executor\/failure-message\.[jt]s$/.exec(import.meta.url ?? "")?.[1];

/** The same in both ways in which a stack names files. */
const OWN: readonly string[] = FOLDER === undefined ? [] : [FOLDER, fileURLToPath(FOLDER)];

/**
 * What was thrown, as the log shows it: a stack without the frames of this package and of the inside of Node.js, unless
 * there are no others. Never throws itself.
 */
export function stackOf(thrown: unknown): string {
  try {
    return `${thrown instanceof Error ? usersStack(thrown.stack ?? messageOf(thrown)) : messageOf(thrown)}\n`;
  } catch {
    return `${messageOf(thrown)}\n`;
  }
}

function usersStack(stack: string): string {
  const lines = stack.split("\n");
  const shown = lines.filter((line) => !isFrame(line) || !["node:internal/", ...OWN].some((own) => line.includes(own)));
  return (shown.some(isFrame) ? shown : lines).join("\n");
}

function isFrame(line: string): boolean {
  return /^\s+at /.test(line);
}

/** Text cut to what a message may be. */
export function shorten(text: string): string {
  const lines = text.split("\n").slice(0, MAX_LINES).join("\n").trimEnd();
  return lines.length > MAX_MESSAGE ? `${lines.slice(0, MAX_MESSAGE - 3)}...` : lines;
}

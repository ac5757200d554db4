import { isParzenError, show } from "../errors.ts";

/** Longest message of a failure, in characters and in lines. */
const MAX_MESSAGE = 1000;
const MAX_LINES = 4;

/** Errors of an AggregateError that are shown, and causes of causes. */
export const MAX_INNER = 3;

/**
 * The first lines of what was thrown, with the name of the error where it says something, and with what caused it. Never
 * throws itself.
 */
export function messageOf(thrown: unknown): string {
  try {
    return shorten(thrown instanceof Error ? textOf(thrown, 0) : `threw ${show(thrown)}`);
  } catch {
    return "threw something that cannot be shown";
  }
}

function textOf(error: Error, depth: number): string {
  const { name, message } = error;
  if (isParzenError(error)) return message; // it says all there is to say
  const named = name === "Error" ? "" : `${name}: `;
  if (depth === MAX_INNER) return `${named}${message}`;
  const parts = [message, partsText(errorsOf(error), depth + 1)].filter((part) => part !== "");
  const text = parts.length === 0 ? "an error without a message" : parts.join(": ");
  return `${named}${text}${causeText(error, depth + 1)}`;
}

function partsText(errors: readonly unknown[], depth: number): string {
  const shown = errors.slice(0, MAX_INNER).map((each) => lineOf(each, depth));
  const more = errors.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

/** Nothing where the message has it already. */
function causeText({ message, cause }: Error, depth: number): string {
  if (cause === undefined || cause === null) return "";
  const isSaid = cause instanceof Error && cause.message !== "" && message.includes(cause.message);
  return isSaid ? "" : `; cause: ${lineOf(cause, depth)}`;
}

function lineOf(thrown: unknown, depth: number): string {
  const text = thrown instanceof Error ? textOf(thrown, depth) : show(thrown);
  return text.split("\n", 1).join();
}

/** What an AggregateError, such as that of `Promise.any`, is made of. */
export function errorsOf(error: Error): readonly unknown[] {
  return error instanceof AggregateError ? error.errors : [];
}

/** Text cut to what a message may be. */
export function shorten(text: string): string {
  const lines = text.split("\n").slice(0, MAX_LINES).join("\n").trimEnd();
  return lines.length > MAX_MESSAGE ? `${lines.slice(0, MAX_MESSAGE - 3)}...` : lines;
}

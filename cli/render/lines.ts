import { stripVTControlCharacters } from "node:util";
import { messageLines, reasonPrefix } from "../../src/trial/failures.ts";
import { type Colors, out } from "./colors.ts";
import { onOneLine, STYLE, styled } from "./controls.ts";
import { padded, startOf, widthOf } from "./width.ts";

/** How many cells a line of stdout has. 80 where it is no terminal, or one of unknown size; COLUMNS overrides that. */
export function lineWidth(): number {
  const told = Number(process.env["COLUMNS"]);
  return process.stdout.columns || (told > 0 ? told : 80);
}

/** One line of at most `width` cells, without colours and what else a terminal obeys; an ellipsis marks what is cut off. */
export function cut(text: string, width: number): string {
  const line = stripVTControlCharacters(text).replaceAll(/\s*\p{Cc}\s*/gu, " ");
  return widthOf(line) <= width ? line : `${startOf(line, width - 1)}…`;
}

const RESET = "\u001b[0m";

/**
 * A line of a program's output as a stream shows it: with its colours where the stream has any, and none of them on the
 * next line; without what would move the cursor, set the title or ring. Of what was written over, as by a progress bar,
 * the last is left.
 */
export function outputLine(line: string, { isColorSupported }: Colors): string {
  const last = line.trimEnd().split("\r").at(-1) ?? "";
  const parts = last.split(STYLE);
  const texts = parts.map((part, at) => (at % 2 === 0 ? withoutControls(part) : isColorSupported ? part : ""));
  const isClosed = !isColorSupported || ["", RESET, "\u001b[m"].includes(parts.at(-2) ?? "");
  return `${texts.join("")}${isClosed ? "" : RESET}`;
}

/** The lines of a program's output, each as `outputLine` has it. */
export function outputLines(text: string, colors: Colors): readonly string[] {
  return text.split("\n").map((line) => outputLine(line, colors));
}

/** Why a trial failed: the first line of its message; an ellipsis marks that there are more. */
export function failureLine(
  { reason, message }: { readonly reason: string; readonly message: string },
  colors: Colors,
): string {
  const [first = "", ...others] = messageLines(message);
  return `${reasonPrefix(reason)}${outputLine(first, colors)}${others.length > 0 ? " …" : ""}`;
}

function withoutControls(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\t]/gu, "");
}

/**
 * Names and their values below each other, the names dim and on one line; a value's further lines stand below its first,
 * and nothing in it but colours is obeyed by a terminal.
 */
export function pairs(entries: readonly (readonly [name: string, value: string])[], indent = "  "): string {
  const named = entries.map(([name, value]) => [onOneLine(name), value] as const);
  const width = Math.max(0, ...named.map(([name]) => widthOf(name)));
  const below = `\n${indent}${" ".repeat(width)}  `;
  return named
    .map(([name, value]) => `${indent}${out.dim(padded(name, width))}  ${styled(value).replaceAll("\n", below)}`)
    .join("\n");
}

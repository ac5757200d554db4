import { out } from "./colors.ts";

/** How many characters a line of stdout holds. 80 where it is no terminal; COLUMNS overrides that. */
export function lineWidth(): number {
  return process.stdout.columns ?? (Number(process.env["COLUMNS"]) || 80);
}

/** One line of at most `width` characters; an ellipsis marks what is cut off. */
export function cut(text: string, width: number): string {
  const line = text.replaceAll(/\s*\n\s*/g, " ");
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}

/** Names and their values below each other, the names dim. */
export function pairs(entries: readonly (readonly [name: string, value: string])[], indent = "  "): string {
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${indent}${out.dim(name.padEnd(width))}  ${value}`).join("\n");
}

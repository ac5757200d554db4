import { basename, extname } from "node:path";
import type { Check } from "./checks.ts";

const LONGEST = 120;

export const NAME: Check<string> = {
  expected: `a name of 1 to ${LONGEST} letters, digits, ".", "_" or "-" that begins with a letter or digit`,
  read: (value) => (typeof value === "string" && isName(value) ? value : undefined),
};

function isName(text: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(text) && [...text].length <= LONGEST;
}

/** The name of a sweep that gives itself none: the file's without its ending, with what is no part of a name left out. */
export function nameOfFile(path: string): string {
  const stem = basename(path, extname(path)).replace(/\.sweep$/, "");
  const name = stem.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[._-]+/, "");
  return [...name].slice(0, LONGEST).join("") || "sweep";
}

import { statSync } from "node:fs";
import { join, relative } from "node:path";
import { foldersOfPath } from "./folders-of-path.ts";

/** How this program was started, so that a command that it prints can be typed as it stands. */
export function invocation(): string {
  const { npm_lifecycle_event: event = "", npm_lifecycle_script: script } = process.env;
  // Another package's start script may have arguments of its own.
  if (event === "start" && script?.endsWith("dist/cli/main.js")) return "npm start --";
  const file = process.argv[1] ?? "";
  if (!isOfCheckout(file)) {
    if (event !== "") return "npx parzen";
    if (isOnPath("parzen")) return "parzen";
  }
  return `node ${shellQuote(relative("", file))}`;
}

/** Whether a file was named to Node that no package manager put there; the link or shim of one is called `parzen`. */
function isOfCheckout(file: string): boolean {
  return /[/\\]main\.js$/.test(file) && !/[/\\]node_modules[/\\]/.test(file);
}

/** Package managers put a file of the bare name there, on Windows beside those with an ending. */
function isOnPath(command: string): boolean {
  return foldersOfPath().some((folder) => isFile(join(folder, command)));
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A command line of this program. Every argument is quoted where a POSIX shell or zsh would read it differently. */
export function commandLine(...args: readonly string[]): string {
  return [invocation(), ...args.map(shellQuote)].join(" ");
}

/** To zsh `=ls` is the path of a program, and anything else behind a first `=` an error. */
export function shellQuote(argument: string): string {
  if (/^(?!=)[\w@%+=:,./-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}

/** A word of a command line as `shellQuote` writes it. */
const WORD = /(?:'[^']*'|\\'|[^\s'])+/g;

/** The words of a printed command line, quoted as they are there. */
export function wordsOf(command: string): string[] {
  return command.match(WORD) ?? [];
}

/** What `shellQuote` was given. */
export function unquoted(word: string): string {
  return word.startsWith("'") ? word.slice(1, -1).replaceAll("'\\''", "'") : word;
}

/** A printed command line with other values behind some flags; null takes a flag away. */
export function withFlags(command: string, flags: { readonly [flag: string]: string | number | null }): string {
  const words = wordsOf(command);
  for (const [flag, value] of Object.entries(flags)) {
    const at = words.indexOf(flag);
    const given = value === null ? [] : [flag, shellQuote(String(value))];
    words.splice(at < 0 ? words.length : at, at < 0 ? 0 : 2, ...given);
  }
  return words.join(" ");
}

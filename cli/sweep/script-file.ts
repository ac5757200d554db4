import { readdir, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, normalize, resolve } from "node:path";
import { didYouMean } from "../../src/errors.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { foldersOfPath } from "../folders-of-path.ts";

/** A script that a command names, and that is not there. */
export interface MissingScript {
  readonly script: string;
  /** Of the element of the command. */
  readonly index: number;
  /** What should be there, with the file that may be meant. */
  readonly expected: string;
}

/** Refuses a command whose script is not there, before a trial is spent on it. @throws SweepError at the script */
export async function checkScript(sweep: LoadedSweep): Promise<void> {
  const missing = await missingScript(sweep);
  if (missing === null) return;
  const { faultAt } = await import("./definition.ts"); // loads a parser that no right sweep of a module needs
  const { index, script, expected } = missing;
  throw await faultAt(sweep.file, ["command", String(index)], { expected, received: script });
}

/**
 * The script that a command's interpreter is given, where it is certain that there is none: it is the first argument
 * that looks like one, it holds no param, its path is relative, and nothing before it is the script instead. What other
 * programs make of their arguments is not known.
 */
export async function missingScript({ command, file }: LoadedSweep): Promise<MissingScript | null> {
  const [program = "", ...args] = command ?? [];
  const index = scriptIndex(program, args);
  const script = args[index];
  const folder = dirname(file);
  if (script === undefined || (await isThere(program, script, folder))) return null;
  for (const word of wordsOf(args.slice(0, index))) {
    if (await isThere(program, word, folder)) return null;
  }
  const near = await readdir(dirname(resolve(folder, script))).catch((): string[] => []);
  const names = near.map((name) => join(dirname(script), name));
  const expected = `a file, relative to the sweep's folder${didYouMean(normalize(script), names)}`;
  return { script, index: index + 1, expected };
}

/** Programs that take a script, by name and less a version. */
const INTERPRETERS =
  /^(python|pypy|node|nodejs|tsx|ts-node|bun|deno|sh|bash|dash|zsh|ksh|Rscript|ruby|perl|julia|php|lua|torchrun)[\d.]*(\.exe)?$/;
/** Of these, those that look for a script on PATH as well. */
const SHELLS = /^(sh|bash|dash|zsh|ksh)$/;
const SCRIPT = /\.(py|pyw|pyz|[cm]?js|jsx|[cm]?ts|tsx|sh|bash|zsh|[rR]|rb|pl|jl|php|lua)$/;
/** What runs a script of one of these, rather than a script itself. */
const RUNS = ["run", "watch"];
/** Options that take code, a module, a folder to be in or to look in: what follows may be none of the command's own scripts. */
const TAKES_MORE =
  /^(-\w*[cCeEmprLSx]|--(\w+-)*(eval|print|command|expression|module|require|import|loader|preload|load|cwd|chdir|directory)\b.*)$/;

/** -1 where there is none that is known to be one. */
function scriptIndex(program: string, args: readonly string[]): number {
  if (!INTERPRETERS.test(basename(program))) return -1;
  const index = args.findIndex((argument) => TAKES_MORE.test(argument) || SCRIPT.test(argument));
  const found = args[index] ?? "";
  if (/^-|[{}\s]|^\w+:/.test(found) || isAbsolute(found)) return -1;
  const areOptions = args.slice(0, index).every((argument, at) => isOption(argument, args[at - 1]));
  return areOptions ? index : -1;
}

/** Whether an argument may be an option or the value of the one before it, or says that a script is to run. */
function isOption(argument: string, before = ""): boolean {
  return argument.startsWith("-") || before.startsWith("-") || (before === "" && RUNS.includes(argument));
}

/** Values of options, of which each may be a script that does not end as such: `python3 -u main`, `node --test dist/cli`. */
function wordsOf(args: readonly string[]): readonly string[] {
  return args.filter((argument) => !argument.startsWith("-")).flatMap((word) => [word, `${word}.js`]);
}

async function isThere(program: string, script: string, folder: string): Promise<boolean> {
  const isSought = SHELLS.test(basename(program)) && !script.includes("/");
  const places = isSought ? [folder, ...foldersOfPath()] : [folder];
  const found = await Promise.all(places.map((place) => stat(resolve(folder, place, script)).catch(() => null)));
  return found.some((each) => each !== null);
}

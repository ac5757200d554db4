import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, extname, isAbsolute, join, resolve } from "node:path";
import type { Command } from "commander";
import { writeWhole } from "../../src/artifacts/whole-file.ts";
import { ParzenError, systemReason } from "../../src/errors.ts";
import { commandLine } from "../invocation.ts";
import { print, say } from "../render/print.ts";
import { NODE_OBJECTIVE } from "../templates/node-objective.ts";
import { PYTHON_OBJECTIVE } from "../templates/python-objective.ts";
import { typescriptSweep } from "../templates/typescript-sweep.ts";
import { yamlSweep } from "../templates/yaml-sweep.ts";

interface InitOptions {
  /** The program and its arguments; true where none was named. */
  readonly command?: readonly string[] | true;
}

interface NewFile {
  readonly path: string;
  readonly text: string;
}

export function registerInit(program: Command): void {
  program
    .command("init")
    .description("Write a sweep that runs as it stands, to begin from.")
    .argument("[file]", "default sweep.ts, with --command command.yaml")
    .option(
      "--command [program...]",
      "a sweep for a program and its arguments but options, with a script where there is none",
    )
    .action(init);
}

async function init(file: string | undefined, { command }: InitOptions): Promise<void> {
  const sweep = file ?? (command === undefined ? "sweep.ts" : "command.yaml");
  checkEnding(sweep, command === undefined);
  const run = commandLine("run", sweep);
  const files =
    command === undefined ? [{ path: sweep, text: typescriptSweep(run) }] : commandFiles(sweep, run, command);
  const written = await writeNew(files);
  print(`Wrote ${written.map(({ path }) => path).join(" and ")}.`);
  if (command === undefined && !canImport(sweep))
    say("It imports parzen, which is not installed here: npm install parzen");
  say(`Run it with: ${run}`);
}

const TYPESCRIPT = [".ts", ".mts", ".cts"];
const YAML = [".yaml", ".yml"];

function checkEnding(file: string, isTypeScript: boolean): void {
  const endings = isTypeScript ? TYPESCRIPT : YAML;
  const ending = extname(file);
  if (endings.includes(ending)) return;
  const hint = isTypeScript && YAML.includes(ending) ? `Try: ${commandLine("init", file, "--command")}` : undefined;
  const message = `init: expected a file that ends in ${endings.join(" or ")}, received ${file}`;
  throw new ParzenError("OPTION_INVALID", message, hint === undefined ? {} : { hint });
}

/** The sweep, and the script that it runs where that is to be written. */
function commandFiles(sweep: string, run: string, given: readonly string[] | true): readonly NewFile[] {
  const command = given === true ? defaultCommand() : given;
  const script = command.find((word) => extname(word) in OBJECTIVES);
  const files = [{ path: sweep, text: yamlSweep(run, command) }];
  if (script === undefined) return files;
  const path = isAbsolute(script) ? script : join(dirname(sweep), script);
  const isOwn = given !== true && existsSync(path);
  return isOwn ? files : [...files, { path, text: OBJECTIVES[extname(script)] ?? "" }];
}

const OBJECTIVES: { readonly [ending: string]: string } = {
  ".py": PYTHON_OBJECTIVE,
  ".mjs": NODE_OBJECTIVE,
};

function defaultCommand(): readonly string[] {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return ["python3", "objective.py"];
  } catch {
    return ["node", "objective.mjs"];
  }
}

/**
 * Writes all files or, where one of them is there already or cannot be written, none. What an earlier one that was killed
 * has written of them stays as it is.
 *
 * @returns those that were missing
 */
async function writeNew(files: readonly NewFile[]): Promise<readonly NewFile[]> {
  const missing = files.filter(({ path }) => !existsSync(path));
  const there = files.filter((file) => !missing.includes(file));
  const taken = missing.length === 0 ? there[0] : there.find((file) => !holdsItsText(file));
  if (taken !== undefined) throw exists(taken.path);
  const made: string[] = [];
  // The sweep last: it names the script.
  for (const { path, text } of missing.toReversed()) {
    try {
      await writeWhole(path, text);
      made.push(path);
    } catch (cause) {
      for (const each of made) await rm(each, { force: true });
      throw new ParzenError("OPTION_INVALID", `init: cannot write ${path}: ${systemReason(cause)}`, { cause });
    }
  }
  return missing;
}

function holdsItsText({ path, text }: NewFile): boolean {
  try {
    return readFileSync(path, "utf8") === text;
  } catch {
    return false; // a folder, or nothing that may be read
  }
}

function exists(path: string): ParzenError {
  return new ParzenError("OPTION_INVALID", `init: ${path} is there already; nothing was written`, {
    hint: `Name another file, such as: ${commandLine("init", `other${extname(path)}`)}`,
  });
}

function canImport(sweep: string): boolean {
  try {
    createRequire(resolve(sweep)).resolve("parzen");
    return true;
  } catch {
    return false;
  }
}

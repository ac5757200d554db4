import type { Command } from "commander";

/** What other tools call what a command does. */
const ELSEWHERE: { readonly [typed: string]: string } = {
  "best-trial": "best",
  "best-trials": "best",
  "create-study": "run",
  "delete-study": "delete",
  agent: "worker",
  create: "init",
  experiments: "list",
  info: "status",
  kill: "cancel",
  log: "trials show",
  logs: "trials show",
  ls: "list",
  new: "init",
  optimize: "run",
  ps: "list",
  remove: "delete",
  results: "trials list",
  rm: "delete",
  search: "run",
  show: "trials show",
  start: "run",
  studies: "list",
  study: "list",
  sweep: "run",
  tune: "run",
};

/** What commander says of a wrong command line, with what was meant: a command by its name here, or how the study is named. */
export function withMeant(command: Command, message: string): string {
  const [said = ""] = message.split("\n", 1);
  const hint = commandHint(command, message) ?? studyHint(command, said);
  return hint === null ? message : `${said}\n${hint}\n`;
}

/** Null where commander has a suggestion of its own, for a name that is nearly right. */
function commandHint({ parent, commands }: Command, message: string): string | null {
  const [, typed] = /unknown command '(.*)'/.exec(message) ?? [];
  if (typed === undefined) return null;
  if (parent === null && Object.hasOwn(ELSEWHERE, typed)) return `(Did you mean ${ELSEWHERE[typed]}?)`;
  if (message.includes("(Did you mean")) return null;
  return `Commands: ${commands.map((each) => each.name()).join(", ")}`;
}

function studyHint(command: Command, said: string): string | null {
  const [, typed] = /unknown option '(--name|--study)['=]/.exec(said) ?? [];
  const isArgument = command.registeredArguments.some((argument) => argument.name() === "study");
  if (isArgument) return typed === undefined ? null : `Name the study without ${typed} here.`;
  const option = command.options.find(({ long }) => long === "--study" || long === "--name")?.long;
  if (typed !== undefined && option !== undefined) return `Name the study with ${option} here.`;
  const isStray = /too many arguments|for argument 'number'/.test(said);
  return isStray && option === "--study" ? "Name the study with --study here." : null;
}

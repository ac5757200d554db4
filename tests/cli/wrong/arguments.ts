import { type WrongInput, yaml } from "./case.ts";

const sweep = { "sweep.yaml": yaml() };

function flag(name: string, args: readonly string[], message: RegExp): WrongInput {
  return { name, files: sweep, args: ["run", "sweep.yaml", ...args], code: 2, message };
}

/** A study that is named as another command has it. */
const NAMED_OTHERWISE: readonly WrongInput[] = [
  {
    name: "a study that is an argument, as an option",
    args: ["best", "--name", "demo"],
    code: 2,
    message: /option '--name'\nName the study without --name here\.\nUsage: parzen best \[options\] \[study\]\n$/,
  },
  {
    name: "a study that is an argument, as an option with its value",
    args: ["rerun", "3", "--study=demo"],
    code: 2,
    message: /option '--study=demo'\nName the study without --study here\.\nUsage: parzen rerun \[options\] <study> /,
  },
  {
    name: "a study that is an option, by another name",
    args: ["trials", "show", "3", "--name", "demo"],
    code: 2,
    message: /unknown option '--name'\nName the study with --study here\.\nUsage: /,
  },
  {
    name: "a study that is an option, as an argument",
    args: ["trials", "show", "demo"],
    code: 2,
    message: /Expected an integer from 0\.\nName the study with --study here\.\nUsage: /,
  },
  flag("a study that a run is to have", ["--study", "demo"], /'--study'\nName the study with --name here\.\nUsage: /),
];

/** Commands that other tools have. */
const MEANT_OTHERWISE: readonly WrongInput[] = [
  { name: "studies", args: ["studies"], code: 2, message: /'studies'\n\(Did you mean list\?\)\nUsage: / },
  { name: "show", args: ["show", "3"], code: 2, message: /'show'\n\(Did you mean trials show\?\)\nUsage: / },
  {
    name: "a command like none",
    args: ["frobnicate"],
    code: 2,
    message: /'frobnicate'\nCommands: init, validate, .*\nUsage: /,
  },
  {
    name: "a study in the place of a command",
    args: ["trials", "demo"],
    code: 2,
    message: /'demo'\nCommands: list, show, files\n/,
  },
];

/** Command lines that are wrong in themselves. */
export const WRONG_ARGUMENTS: readonly WrongInput[] = [
  { name: "an unknown command", args: ["rnu"], code: 2, message: /unknown command 'rnu'\n\(Did you mean run\?\)/ },
  flag("an unknown flag", ["--slot", "2"], /unknown option '--slot'\n\(Did you mean --slots\?\)/),
  { name: "no sweep", args: ["run"], code: 2, message: /missing required argument 'sweep'/ },
  {
    name: "an argument too many",
    args: ["trials", "show", "demo", "3"],
    code: 2,
    message: /for 'show'.*\nName the study with --study here\.\nUsage: parzen trials show \[options\] <number>\n$/,
  },
  ...NAMED_OTHERWISE,
  ...MEANT_OTHERWISE,
  flag("no slots", ["--slots", "0"], /'--slots <n>' argument '0' is invalid/),
  flag("slots that are no number", ["--slots", "two"], /'--slots <n>' argument 'two' is invalid/),
  flag("a negative number of trials", ["-n", "-3"], /argument '-3' is invalid/),
  flag("a seed with a fraction", ["--seed", "1.5"], /'--seed <n>' argument '1\.5' is invalid/),
  flag("a seed above all exact integers", ["--seed", "9007199254740992"], /an integer from 0 to 9007199254740991\./),
  flag("a seed below 0", ["--seed", "-1"], /'--seed <n>' argument '-1' is invalid\. Expected an integer from 0/),
  flag("a timeout that is no duration", ["--timeout", "soon"], /argument 'soon' is invalid.*"10m"/),
  flag(
    "a lock longer than a timer takes",
    ["--lock", "25d"],
    /--lock <duration>' argument '25d' is invalid.*at most 24d/,
  ),
  flag("a GPU that is not there", ["--gpus", "99"], /gpus: expected a GPU of this machine, received "99"/),
  flag("GPUs that make no sense", ["--gpus", "0::2"], /gpus: expected all, a GPU such as 0/),
  flag("a bound for workers that there are none of", ["--parallelism", "2"], /--parallelism is for studies in Redis/),
  flag("slots given twice", ["--gpus", "0", "--slots", "2"], /--slots and --gpus both say how many slots/),
  flag("an unknown sampler", ["--sampler", "tpee"], /sampler.*tpee.*did you mean "tpe"/),
  flag(
    "a sampler that has no defaults",
    ["--sampler", "partial"],
    /^error: --sampler partial: .*\n--sampler gives no options; write partial with its own into the sweep\n$/,
  ),
  flag(
    "a pruner that has no defaults",
    ["--pruner", "threshold"],
    /--pruner threshold: .* a bound.*\n--pruner gives no/,
  ),
  flag(
    "a name that was forgotten",
    ["--name", "--fresh"],
    /--name <name>' argument '--fresh' is invalid.*begin with -/,
  ),
  flag("a store that was forgotten", ["--store", "--json"], /--store <location>' argument '--json' is invalid/),
  flag("a name of two lines", ["--name", "a\nb"], /name: expected .*without control characters, received "a\\nb"/),
  flag("a name that is too long", ["--name", "a".repeat(121)], /name: expected 1 to 120 .*received 121 characters/),
  flag("a name that is empty", ["--name", ""], /name: expected 1 to 120 characters/),
  flag("what a terminal would obey", ["--seed", "\u001b[2J"], /argument '\\u001b\[2J' is invalid/),
  { name: "nothing to set", args: ["set", "demo"], code: 2, message: /nothing to set\nparzen set --help/ },
  {
    name: "a setting that is no number",
    args: ["set", "demo", "--patience", "some"],
    code: 2,
    message: /argument 'some' is invalid. Expected an integer from 1, or "none"/,
  },
  {
    name: "a format that nobody knows",
    args: ["export", "xlsx"],
    code: 2,
    message: /expected csv, json or --study, received xlsx/,
  },
  {
    name: "an inspector at no port",
    args: ["rerun", "demo", "0", "--inspect", "localhost:http"],
    code: 2,
    message: /'--inspect \[host:port\]' argument 'localhost:http' is invalid\. Expected host:port, or a port alone/,
  },
  {
    name: "an inspector at a port that Node.js refuses",
    args: ["rerun", "demo", "0", "--inspect=80"],
    code: 2,
    message: /argument '80' is invalid/,
  },
  { name: "a deletion that was not meant", args: ["delete", "demo"], code: 2, message: /nothing was deleted/ },
  {
    name: "init over a file",
    files: { "sweep.ts": "mine" },
    args: ["init"],
    code: 2,
    message: /sweep\.ts is there already/,
  },
  {
    name: "init of a YAML file without a command",
    args: ["init", "mine.yaml"],
    code: 2,
    message: /ends in \.ts or \.mts or \.cts, received mine\.yaml\nTry: parzen init mine\.yaml --command$/m,
  },
  ...[["export", "csv"], ["plot", "history"], ["report"], ["trials", "files"]].map((command) => ({
    name: `an output of ${command.join(" ")} that is empty`,
    args: [...command, "-o", ""],
    code: 2,
    message: /^error: option '-o, --output <\w+>' argument '' is invalid\. Expected a path\.\n/,
  })),
  {
    name: "an import of a file without a name",
    args: ["import", ""],
    code: 2,
    message: /^error: command-argument value '' is invalid for argument 'file'\. Expected a path\.\n/,
  },
  {
    name: "an output that cannot be written",
    args: ["export", "csv", "-o", "no/such/folder/x.csv"],
    code: 2,
    message: /cannot write no\/such\/folder\/x\.csv: no such file or directory/,
  },
];

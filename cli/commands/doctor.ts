import { EXIT } from "../exit.ts";
import type { Checked, FoundStore, Machine } from "../machine.ts";
import { addStoreOption, type StoreOption } from "../options/store-option.ts";
import { out } from "../render/colors.ts";
import { duration } from "../render/figure.ts";
import { pairs } from "../render/lines.ts";
import { print, printJson } from "../render/print.ts";
import type { Register } from "./register.ts";

interface DoctorOptions extends StoreOption {
  readonly json?: boolean;
}

export const registerDoctor: Register = (program, finish): void => {
  const command = program
    .command("doctor")
    .description("Show what this machine offers, and what is wrong with it.")
    .option("--json", "one JSON object on stdout")
    .action(async (options: DoctorOptions) => {
      const { inspectMachine } = await import("../machine.ts");
      const machine = await inspectMachine(options);
      if (options.json) printJson(machine);
      else print(machineText(machine));
      finish(exitCodeFor(machine));
    });
  addStoreOption(command);
};

function exitCodeFor({ node, sqlite, store }: Machine): number {
  if (!store.works) return EXIT.store;
  return node.isSupported && sqlite.works ? EXIT.ok : EXIT.failed;
}

function machineText(machine: Machine): string {
  const { parzen, node, platform, cores, memory, gpus, sqlite, store } = machine;
  const entries: [string, string][] = [
    ["parzen", parzen],
    ["node", `${node.version}${node.isSupported ? "" : out.red(" is too old: 20.19 or newer is needed")}`],
    ["platform", platform],
    ["cores", String(cores)],
    ["memory", memoryLine(memory)],
    ["GPUs", gpus.length === 0 ? "none that nvidia-smi shows" : gpus.map(gpuText).join(", ")],
    ["SQLite", orWhy(sqlite, ({ driver }) => driver)],
    ["store", orWhy(store, storeLine)],
  ];
  return [
    pairs(entries, ""),
    "",
    out.dim("TensorFlow.js backends, as `parzen/training` tries them"),
    backendLines(machine),
  ]
    .join("\n")
    .trimEnd();
}

function memoryLine({ total, free, limit }: Machine["memory"]): string {
  const bound = limit === null ? "" : `, of which this process may use ${gibibytes(limit)}`;
  return `${gibibytes(total)}, ${gibibytes(free)} free${bound}`;
}

function gpuText({ index, name, memoryMb }: Machine["gpus"][number]): string {
  return `${index}: ${name}${memoryMb === null ? "" : ` (${gibibytes(memoryMb * 2 ** 20)})`}`;
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

function storeLine({ location, studies, isFile }: FoundStore): string {
  if (studies === null) return `${location} is not there yet; it can be made`;
  return `${location} ${isFile ? "can be written" : "answers"}, ${studies === 1 ? "1 study" : `${studies} studies`}`;
}

function orWhy<T>(checked: Checked<T>, show: (found: T) => string): string {
  return checked.works ? show(checked.found) : out.red(checked.why);
}

function backendLines({ backends }: Machine): string {
  if (!backends.works) return `  ${out.red(backends.why)}`;
  const chosen = backends.found.find(({ refused }) => refused === null);
  const lines = backends.found.map((each): [string, string] => {
    if (each.refused !== null) return [each.backend, `refused: ${each.refused}`];
    const works = `works, loaded and tested in ${duration(each.ms)}`;
    return [each.backend, each === chosen ? out.green(`${works}; this one is chosen`) : works];
  });
  return pairs(lines);
}

/**
 * Training on every backend that works here, and the same nets in PyTorch and Keras on one thread where a Python named by
 * `--python` has them: processor time of a step, steps per second, memory, and what a trial costs before its first step.
 *
 *   npm run bench:training -- --python python3   (bench/README.md says more)
 */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { BACKENDS, describeBackends } from "parzen/training";
import { commandLine } from "../command-line.ts";
import { dayAndMachine } from "../machine.ts";
import type { Figures } from "./measure.ts";
import { NETS } from "./nets.ts";

const ALL_NETS = NETS.map(({ name }) => name);

const options = commandLine(
  "npm run bench:training --",
  {
    net: { type: "string", multiple: true, default: ALL_NETS },
    backend: { type: "string", multiple: true },
    python: { type: "string", multiple: true, default: [] },
    project: { type: "string", default: "." },
  },
  { net: ALL_NETS, backend: BACKENDS },
);

interface Row extends Figures {
  readonly what: string;
}

/** Each in a process of its own, since engines hold on to what they have compiled and allocated. */
function run(program: string, args: readonly string[]): string {
  const { stdout, stderr, status, error } = spawnSync(program, args, { cwd: options.project, encoding: "utf8" });
  if (status === 0) return stdout.trim();
  process.exitCode = 1;
  const said = stderr?.split("\n").find((line) => /Error/.test(line)) ?? `ended with ${status}`;
  console.error(`${program} ${args.slice(-2).join(" ")}: ${error?.message ?? said}`);
  return "";
}

function ours(backend: string, net: string): readonly Row[] {
  const loader = fileURLToPath(import.meta.resolve("tsx"));
  const printed = run(process.execPath, [
    "--import",
    loader,
    fileURLToPath(new URL("measure.ts", import.meta.url)),
    backend,
    net,
  ]);
  return printed === "" ? [] : [{ what: backend, ...(JSON.parse(printed) as Figures) }];
}

function peers(python: string, net: string): readonly Row[] {
  const script = fileURLToPath(new URL("peers.py", import.meta.url));
  return ["torch", "keras"].flatMap((peer) => {
    const printed = run(python, [script, peer, net]);
    if (printed === "" || printed.includes('"missing"')) return [];
    const { peer: what, ...figures } = JSON.parse(printed) as Figures & { readonly peer: string };
    return [{ what, ...figures }];
  });
}

async function working(): Promise<readonly string[]> {
  process.chdir(options.project);
  const descriptions = await describeBackends();
  for (const { backend, refused } of descriptions)
    if (refused !== null) console.log(`${backend} is left out: ${refused}`);
  return descriptions.filter(({ refused }) => refused === null).map(({ backend }) => backend);
}

function print(cells: readonly string[]): void {
  console.log(`| ${cells.join(" | ")} |`);
}

const backends = options.backend ?? (await working());
console.log(`\n${dayAndMachine()}\n`);
print(["net", "on", "CPU-ms a step", "steps/s", "speed, wasm = 1", "memory, MB", "CPU-ms to the first step"]);
print(Array.from({ length: 7 }, () => "---"));
for (const net of options.net) {
  const rows = [
    ...backends.flatMap((backend) => ours(backend, net)),
    ...options.python.flatMap((path) => peers(path, net)),
  ];
  const wasm = rows.find(({ what }) => what === "wasm")?.cpuMsPerStep ?? Number.NaN;
  for (const { what, cpuMsPerStep, stepsPerSecond, rssMb, startCpuMs } of rows) {
    const ratio = (wasm / cpuMsPerStep).toPrecision(2);
    const [cpu, speed] = [cpuMsPerStep, stepsPerSecond].map((value) => value.toPrecision(3));
    print([net, what, cpu ?? "", speed ?? "", ratio, rssMb.toFixed(0), startCpuMs.toFixed(0)]);
  }
}
process.exit();

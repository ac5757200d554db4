import { Command } from "commander";
import { expect, it } from "vitest";
import { registersFor } from "../../cli/commands/index.ts";
import { addWorkerFlags } from "../../cli/worker/flags.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";

async function registered(...args: readonly string[]): Promise<readonly string[]> {
  const program = new Command();
  for (const register of await registersFor(args)) register(program, () => undefined);
  return program.commands.map((command) => command.name());
}

it("a command is registered without the others, and all of them for the help and a name that is none", async () => {
  const all = await registered("--help");
  expect(all.length).toBeGreaterThan(20);
  expect(new Set(all).size).toBe(all.length);
  expect(await registered()).toEqual(all);
  expect(await registered("stauts")).toEqual(all);
  expect(await registered("toString")).toEqual(all);
  for (const name of all) {
    const alone = await registered(name, "--help");
    expect(alone).toContain(name);
    expect(alone.length).toBeLessThan(all.length);
  }
});

it("the help shows defaults as they would be typed", () => {
  const help = addWorkerFlags(new Command("worker")).helpInformation();
  const defaults = [...help.matchAll(/--(\w+) <duration>[^-]*\(default:\s+([^)]*)\)/g)];
  expect(defaults.map(([, flag, value]) => `${flag} ${value}`)).toEqual(["grace 20s", "lock 30s", "check 10s"]);
});

it("the list of commands fits a terminal of 80 columns", async () => {
  const { stdout } = await parzenInOne(["--help"], { cwd: emptyFolder() });
  expect(stdout).toMatch(/^ {2}enqueue <study> <params\.\.\.> /m);
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

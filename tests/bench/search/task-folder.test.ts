import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import type { Task } from "../../../bench/search/task.ts";
import { loadTasks } from "../../../bench/search/task-folder.ts";

const root = mkdtempSync(join(tmpdir(), "parzen-tasks-"));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
function folderOf(script: string, curves?: string): string {
  const folder = join(root, `${folders++}`);
  mkdirSync(join(folder, "results"), { recursive: true });
  writeFileSync(join(folder, "tasks.mjs"), script);
  if (curves !== undefined) writeFileSync(join(folder, "results", "others.jsonl"), curves);
  return folder;
}

const kind = { name: "kind", type: "cat", choices: ["a", "b"] };
const x = { name: "x", type: "float", low: 0, high: 1 };
const good = { name: "mine", kind: "table", space: [kind, x], optimum: 0, random: { median: 1 } };
const evaluate = "export const evaluate = (task, { x }) => ({ loss: x, true: x });";
const scriptOf = (task: object): string => `export const tasks = ${JSON.stringify([task])};\n${evaluate}`;
const load = (script: string, curves?: string): Promise<readonly Task[]> => loadTasks([folderOf(script, curves)]);

it.each<[string, object, string]>([
  [
    "no median of random configurations",
    { random: undefined },
    "mine: random.median: expected a number above the optimum 0",
  ],
  [
    "a constant task, which has no regret",
    { optimum: 1 },
    "mine: random.median: expected a number above the optimum 1",
  ],
  ["no optimum", { optimum: "0" }, 'mine: optimum: expected a number, received "0"'],
  ["no parameters", { space: [] }, "mine: space: expected a list of parameters"],
  [
    "a type that is none",
    { space: [{ ...x, type: "real" }] },
    'mine: x: type: expected float, int or cat, received "real"',
  ],
  ["no bounds", { space: [{ name: "n", type: "int", values: [1, 2] }] }, "mine: n: expected numbers low < high"],
  ["no choices", { space: [{ name: "k", type: "cat" }] }, "mine: k: choices: expected a list"],
  ["a logarithm of zero", { space: [{ ...x, log: true }] }, "mine: x: low: expected more than 0 with log, received 0"],
  ["a parent that is none", { space: [kind, { ...x, when: { param: "knd", in: ["a"] } }] }, "mine: x: when: expected"],
  [
    "a parent without categories",
    { space: [x, { ...x, name: "y", when: { param: "x", in: [1] } }] },
    "mine: y: when: ",
  ],
  [
    "a parent that comes later",
    { space: [{ ...x, when: { param: "kind", in: ["a"] } }, kind] },
    "mine: x: when: expected",
  ],
  [
    "a value that the parent never has",
    { space: [kind, { ...x, when: { param: "kind", in: ["c"] } }] },
    "mine: x: when: ",
  ],
])("a folder of tasks is refused, naming task and parameter, with %s", async (_, change, message) => {
  await expect(load(scriptOf(good))).resolves.toHaveLength(1);
  await expect(load(scriptOf({ ...good, ...change }))).rejects.toThrow(message);
});

it.each([
  ["exports no tasks", evaluate, "expected it to export tasks, a list, and evaluate, a function"],
  ["exports no evaluate", "export const tasks = [];", "expected it to export tasks, a list, and evaluate, a function"],
  ["cannot be read", "export const tasks = [", "tasks.mjs: "],
])("is refused where tasks.mjs %s", async (_, script, message) => {
  await expect(load(script)).rejects.toThrow(message);
});

it.each([
  ['{"task":"mine"', "others.jsonl:2: expected a JSON object"],
  ['[{"task":"mine"}]', "others.jsonl:2: expected a JSON object"],
  ['{"task":"mine","optimizer":"o","seed":0}', "others.jsonl:2: expected a JSON object"],
])("a line of curves %s is named", async (line, message) => {
  const first = '{"task":"mine","optimizer":"o","seed":0,"best_so_far":[1]}';
  await expect(load(scriptOf(good), `${first}\n${line}\n`)).rejects.toThrow(message);
});

it("an evaluation without its noise-free value is refused, naming the task", async () => {
  const script = scriptOf(good).replace(", true: x", "");
  const [task] = await load(script);
  expect(() => task?.evaluate({ x: 1 }, { seed: 0, index: 0 })).toThrow("mine: evaluate: expected { loss, true }");
});

it("a folder has another version once its code or data change, not with more curves", async () => {
  const folder = folderOf(scriptOf(good));
  const version = async (): Promise<string | undefined> => (await loadTasks([folder]))[0]?.version;
  const first = await version();
  writeFileSync(join(folder, "results", "more.jsonl"), "\n");
  expect(await version()).toBe(first);
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "data", "table.json"), "[1]");
  const second = await version();
  writeFileSync(join(folder, "data", "table.json"), "[2]");
  expect(new Set([first, second, await version()]).size).toBe(3);
});

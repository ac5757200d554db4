// The door of a task folder: what every folder of this format exports. See README.md.
import { readFileSync } from "node:fs";
import { predict } from "./forest.mjs";
import { functions } from "./functions.mjs";
import { interpolate, tableIndex } from "./grid.mjs";
import { gauss } from "./random.mjs";

export { isActive, randomConfig, sampleParam } from "./config.mjs";
export { gauss, mulberry32 } from "./random.mjs";

const parse = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

export const { tasks } = parse("tasks.json");

export const getTask = (task) => (typeof task === "string" ? tasks.find(({ name }) => name === task) : task);

const loaded = new Map();

function dataOf({ data }) {
  if (!loaded.has(data)) loaded.set(data, parse(`data/${data}`));
  return loaded.get(data);
}

const EVALUATORS = {
  analytic(task, config, { seed = 0, index = 0 }) {
    const value = functions[task.fn](config, task.params ?? {});
    return { loss: task.noise ? value + task.noise * gauss(seed, index) : value, true: value };
  },
  interp(task, config) {
    const data = dataOf(task);
    const at = (values) => interpolate(data, values, config);
    return { loss: at(data.val), true: at(data.val), test: at(data.test), cost: at(data.cost) };
  },
  table(task, config, { fidelity }) {
    const { val, test, cost, ...data } = dataOf(task);
    const row = tableIndex(data, config);
    const steps = task.fidelity?.values ?? [1];
    const step = fidelity === undefined ? steps.length - 1 : steps.indexOf(fidelity);
    if (step < 0) throw new Error(`${task.name}: fidelity ${fidelity} is not in the table`);
    const at = row * steps.length + step;
    return { loss: val[at], true: val[at], test: test[at], cost: cost[row] * steps[step] };
  },
  forest(task, config) {
    const { forests } = dataOf(task);
    const [value, test, cost] = predict(task.branch ? forests[config[task.branch]] : forests.all, config);
    return { loss: value, true: value, test, cost };
  },
};

/**
 * Evaluates a configuration of active parameters.
 *
 * @param options `seed` and `index` of the evaluation key its noise; `fidelity` where the task has one, default the last
 * @returns `loss`, all that an optimizer may see; `true`, the same without noise; `test` and `cost` on data tasks
 */
export function evaluate(task, config, options = {}) {
  const found = getTask(task);
  return EVALUATORS[found.kind](found, config, options);
}

import { TAG } from "./space.ts";
import type { Param, Task } from "./task.ts";

/** What somebody wrote, of whom the types know nothing. */
type Unknown<T> = { readonly [K in keyof T]?: unknown };

type WrittenParam = Unknown<Record<"name" | "type" | "low" | "high" | "log" | "choices" | "when", unknown>>;

/**
 * Refuses a task that cannot be searched or scored: it would be told after hours, or by figures that are none.
 *
 * @throws naming the task, its parameter, and what was expected
 */
export function checkTask(task: Unknown<Task>): void {
  const { name, space, optimum, random } = task;
  expectIn("a task", typeof name === "string" && name !== "", "name: expected a text", name);
  const at = String(name);
  expectIn(at, isNumber(optimum), "optimum: expected a number", optimum);
  const { median } = (random ?? {}) as Unknown<Task["random"]>; // checked on the next line
  const law = `random.median: expected a number above the optimum ${optimum}, losses being minimized`;
  expectIn(at, isNumber(median) && median > Number(optimum), law, median);
  expectIn(at, Array.isArray(space) && space.length > 0, "space: expected a list of parameters", space);
  const params = space as readonly Param[]; // a list by now, of what is checked one by one
  for (const [index, param] of params.entries()) checkParam(at, param, params.slice(0, index));
}

function checkParam(task: string, param: WrittenParam, before: readonly Param[]): void {
  const { name, type, low, high, log } = param;
  const isName = typeof name === "string" && /^[^.]+$/.test(name) && name !== TAG;
  expectIn(task, isName, `a parameter's name: expected a text without dots that is not "${TAG}"`, name);
  const at = `${task}: ${name}`;
  expectIn(at, ["float", "int", "cat"].includes(String(type)), "type: expected float, int or cat", type);
  if (type === "cat") checkChoices(at, param);
  else {
    expectIn(at, isNumber(low) && isNumber(high) && low < high, "expected numbers low < high", { low, high });
    expectIn(at, !log || Number(low) > 0, "low: expected more than 0 with log", low);
  }
  if (param.when !== undefined) checkCondition(at, param.when, before);
}

function checkChoices(at: string, { choices }: WrittenParam): void {
  expectIn(at, Array.isArray(choices) && choices.length > 0, "choices: expected a list of values", choices);
}

function checkCondition(at: string, when: unknown, before: readonly Param[]): void {
  const { param, in: values } = (when ?? {}) as Unknown<NonNullable<Param["when"]>>; // what is in it is checked below
  const parent = before.find(({ name }) => name === param);
  const choices = parent?.type === "cat" ? parent.choices : [];
  const isKnown = Array.isArray(values) && values.length > 0 && values.every((value) => choices.includes(value));
  expectIn(at, isKnown, "when: expected { param, in }, a category that comes before and some of its choices", when);
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function expectIn(at: string, holds: boolean, law: string, received: unknown): void {
  if (!holds) throw new Error(`${at}: ${law}, received ${JSON.stringify(received)}`);
}

import { describe, expect, it } from "vitest";
import { configOf, spaceOf } from "../../../bench/search/space.ts";
import type { Config, Param, Task } from "../../../bench/search/task.ts";
import { stream } from "../../../src/random/stream.ts";
import { drawConfiguration } from "../../../src/samplers/prior.ts";
import { compileSpace } from "../../../src/space/compile.ts";
import { decode } from "../../../src/space/decode.ts";
import { tasks } from "./runs.ts";

const { isActive } = await import("../../../bench/search/tasks/tasks.mjs" as string);

function drawn(space: readonly Param[], seed: number): Config {
  const compiled = compileSpace(spaceOf(space));
  return configOf(decode(compiled, drawConfiguration(compiled, stream(seed))) as object);
}

function accepts(param: Param, value: unknown): boolean {
  if (param.type === "cat") return param.choices.some((choice) => choice === value);
  const inside = Number(value) >= param.low && Number(value) <= param.high;
  return inside && (param.type === "float" || Number.isInteger(value));
}

describe("a task's space", () => {
  it.each(tasks)("of $name gives exactly the active parameters, inside their bounds", (task: Task) => {
    for (let seed = 0; seed < 100; seed++) {
      const config = drawn(task.space, seed);
      const active = task.space.filter((param) => isActive(task, config, param));
      expect(Object.keys(config).toSorted()).toEqual(active.map(({ name }) => name).toSorted());
      for (const param of active) expect(accepts(param, config[param.name])).toBe(true);
    }
  });

  it("takes a parameter that several categories switch on, and a nested one", () => {
    const space: readonly Param[] = [
      { name: "kind", type: "cat", choices: ["a", "b", "c"] },
      { name: "x", type: "float", low: 0, high: 1, when: { param: "kind", in: ["a", "b"] } },
      { name: "deep", type: "cat", choices: [true, false], when: { param: "kind", in: ["b"] } },
      { name: "n", type: "int", low: 1, high: 64, log: true, when: { param: "deep", in: [true] } },
    ];
    const shapes = Array.from({ length: 200 }, (_, seed) => Object.keys(drawn(space, seed)).toSorted().join(" "));
    expect(new Set(shapes)).toEqual(new Set(["kind x", "deep kind n x", "deep kind x", "kind"]));
  });
});

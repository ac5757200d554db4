import type { Config, Param } from "../search/task.ts";

/** A mixed space: of ten dimensions five uniform, three logarithmic and two categories; of thirty three times that. */
export function mixedSpace(dimensions: number): readonly Param[] {
  return Array.from({ length: dimensions }, (_, index): Param => {
    const [name, place] = [`p${index}`, index % 10];
    if (place < 5) return { name, type: "float", low: -5, high: 5 };
    if (place < 8) return { name, type: "float", low: 1e-5, high: 1, log: true };
    return { name, type: "cat", choices: ["a", "b", "c", "d"] };
  });
}

/** A bowl: lowest where uniform ones are 0, logarithmic ones 1e-3, categories the first. */
export function bowl(space: readonly Param[], config: Config): number {
  return space.reduce((sum, param) => {
    const value = config[param.name];
    if (param.type === "cat") return sum + param.choices.indexOf(value ?? "") / 4;
    const at = Number(value);
    return sum + (param.log ? (Math.log10(at) + 3) ** 2 / 9 : (at / 5) ** 2);
  }, 0);
}

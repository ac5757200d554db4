import { show } from "../../src/errors.ts";
import type { CompiledSpace } from "../../src/space/compile.ts";
import { countConfigurations } from "../../src/space/configurations.ts";
import type { Distribution } from "../../src/space/distribution.ts";
import type { ChoiceTemplate, Template } from "../../src/space/template.ts";
import type { Fidelity } from "../../src/trial/fidelity.ts";
import { table } from "./table.ts";

/** One row for each dimension of a space: its path, what it is drawn from, and when it is there. */
export function spaceTable(space: CompiledSpace): string {
  const rows = walk(space, space.template).map(({ dimension, text }) => {
    const { path, condition } = space.dimensions[dimension] ?? { path: "", condition: null };
    const parent = condition === null ? undefined : space.dimensions[condition.dimension];
    return [path, text, parent === undefined ? "" : `with ${parent.path} = ${branchOf(path, parent.path)}`];
  });
  return table([{ title: "param" }, { title: "values" }, { title: "active" }], rows);
}

/** How many configurations a space has, for people. */
export function sizeText(space: CompiledSpace): string {
  const size = countConfigurations(space);
  if (size === 1) return "1 configuration";
  return `${Number.isFinite(size) ? size.toLocaleString("en") : "infinitely many"} configurations`;
}

/** The relations between params, one line each. */
export function whereEntries({ where }: { readonly where: readonly string[] }): [string, string][] {
  return where.map((text, index) => [index === 0 ? "where" : "", text]);
}

/** What a trial may be given less of; nothing where a sweep names none. */
export function fidelityEntries({ fidelity }: { readonly fidelity: Fidelity | null }): [string, string][] {
  if (fidelity === null) return [];
  const { name, min, max, eta } = fidelity;
  return [["fidelity", `${min} to ${max} ${name}, eta ${eta}`]];
}

interface Row {
  readonly dimension: number;
  readonly text: string;
}

function walk(space: CompiledSpace, template: Template): readonly Row[] {
  switch (template.kind) {
    case "literal":
      return [];
    case "number":
      return [{ dimension: template.dimension, text: numberText(space.dimensions[template.dimension]?.distribution) }];
    case "choice": {
      const own = { dimension: template.dimension, text: choiceText(space, template) };
      return [own, ...template.options.flatMap((option) => walk(space, option))];
    }
    case "array":
      return template.items.flatMap((item) => walk(space, item));
    case "object":
      return template.entries.flatMap(([, entry]) => walk(space, entry));
  }
}

function choiceText(space: CompiledSpace, choice: ChoiceTemplate): string {
  const names = choice.options.map((option, index) =>
    option.kind === "literal" ? show(option.value) : (choice.branches[index] ?? ""),
  );
  const distribution = space.dimensions[choice.dimension]?.distribution;
  if (distribution?.kind !== "pchoice") return names.join(" | ");
  return names.map((name, index) => `${name} (${distribution.probabilities[index]})`).join(" | ");
}

function numberText(distribution: Distribution | undefined): string {
  if (distribution === undefined) return "";
  const { kind, ...args } = distribution;
  return `${kind}(${Object.values(args).join(", ")})`;
}

/** The name of the option under which a path lies. */
function branchOf(path: string, choice: string): string {
  return path.slice(choice.length + 1).split(".")[0] ?? "";
}

import { show } from "../../src/errors.ts";
import type { CompiledSpace } from "../../src/space/compile.ts";
import { countConfigurations } from "../../src/space/configurations.ts";
import type { Distribution } from "../../src/space/distribution.ts";
import { joinPath } from "../../src/space/path.ts";
import type { ChoiceTemplate, Template } from "../../src/space/template.ts";
import type { Fidelity } from "../../src/trial/fidelity.ts";
import { table } from "./table.ts";

/**
 * One row for each dimension of a space: its path, what it is drawn from, and when it is there. What is the same in all
 * trials has a row too, but for what tells the options of a choice apart: it may have been meant to be searched.
 */
export function spaceTable(space: CompiledSpace): string {
  const rows = walk(space, space.template, { path: "", active: "" });
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

interface Place {
  readonly path: string;
  /** The option under which it is there; empty where it always is. */
  readonly active: string;
}

type Row = readonly [path: string, values: string, active: string];

function walk(space: CompiledSpace, template: Template, at: Place): readonly Row[] {
  const constant = constantOf(template);
  if (constant !== undefined) return [[at.path, `constant ${show(constant)}`, at.active]];
  switch (template.kind) {
    case "literal":
      return []; // a constant
    case "number":
      return [[at.path, numberText(space.dimensions[template.dimension]?.distribution), at.active]];
    case "choice":
      return [[at.path, choiceText(space, template), at.active], ...walkOptions(space, template, at)];
    case "array":
      return template.items.flatMap((item, index) => walk(space, item, below(at, String(index))));
    case "object":
      return template.entries.flatMap(([key, entry]) => walk(space, entry, below(at, key)));
  }
}

function walkOptions(space: CompiledSpace, choice: ChoiceTemplate, at: Place): readonly Row[] {
  return choice.options.flatMap((option, index) => {
    if (option.kind === "literal") return [];
    const branch = choice.branches[index] ?? "";
    const inside = { path: joinPath(at.path, branch), active: `with ${at.path} = ${branch}` };
    if (option.kind !== "object") return walk(space, option, inside);
    const own = option.entries.filter(([key]) => key !== choice.tag);
    return own.flatMap(([key, entry]) => walk(space, entry, below(inside, key)));
  });
}

function below(at: Place, key: string): Place {
  return { ...at, path: joinPath(at.path, key) };
}

/** What a part of a space is in all trials; undefined where something in it is searched. */
export function constantOf(template: Template): unknown {
  if (template.kind === "literal") return template.value;
  if (template.kind === "array") {
    const items = template.items.map(constantOf);
    return items.includes(undefined) ? undefined : items;
  }
  if (template.kind !== "object") return undefined;
  const entries = template.entries.map(([key, entry]) => [key, constantOf(entry)] as const);
  return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries);
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

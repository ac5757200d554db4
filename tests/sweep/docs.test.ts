import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { compileSpace } from "../../src/space/compile.ts";
import { differences } from "../../src/space/difference.ts";
import { hp } from "../../src/space/hp.ts";
import { NODE_KINDS } from "../../src/space/node.ts";
import { FUNCTIONS } from "../../src/space/relation/functions.ts";
import { checkedSweep } from "../../src/sweep/checked-sweep.ts";
import { loadSweep } from "../../src/sweep/load.ts";
import { resolveSweep } from "../../src/sweep/schema.ts";
import { parseSweep } from "../../src/sweep/yaml.ts";
import { rejectionOf, thrownBy } from "../thrown-by.ts";
import { project, ROOT } from "./project.ts";

const sweeps = readFileSync(join(ROOT, "docs/sweeps.md"), "utf8");
const spaces = readFileSync(join(ROOT, "docs/spaces.md"), "utf8");

/** The code blocks of a language, in order. */
function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, code = ""]) => code);
}

/** A page from one title to the next of its rank. */
function section(page: string, title: string): string {
  return page.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? "";
}

/** What stands in the first column of the tables, without its backticks. */
function firstColumn(text: string): readonly string[] {
  return [...text.matchAll(/^\| `(\w+)[^|]*\|/gm)].map(([, name = ""]) => name);
}

describe("docs/sweeps.md", () => {
  it("shows sweeps that load", async () => {
    const [typescript = ""] = blocks(sweeps, "ts");
    const [yaml = ""] = blocks(sweeps, "yaml");
    const folder = project({ "package.json": '{"type":"module"}', "train.ts": typescript, "train.yaml": yaml });
    expect(await loadSweep(join(folder, "train.ts"))).toMatchObject({
      maxTrials: 50,
      defaults: { lr: 1e-3, optimizer: 0 },
    });
    expect(await loadSweep(join(folder, "train.yaml"))).toMatchObject({ maxTrials: 50, timeoutMs: 7_200_000 });
  });

  it("has every key in its table, and no other", () => {
    const source = { file: "", kind: "yaml", text: "", locate: () => null } as const;
    const { hint = "" } = thrownBy(() => resolveSweep({ "no such key": 1 }, source, "")) as { hint?: string };
    const keys = hint.replace(/^The keys of a sweep are |\.$/g, "").split(", ");
    expect(firstColumn(section(sweeps, "Keys")).toSorted()).toEqual(keys.toSorted());
  });

  it("has all that an objective's trial has", () => {
    const source = readFileSync(join(ROOT, "src/trial/context.ts"), "utf8");
    const [, body = ""] = /export interface TrialContext \{([\s\S]*?)\n\}/.exec(source) ?? [];
    const names = [...body.matchAll(/^ {2}(?:readonly )?(\w+)[(:]/gm)].map(([, name = ""]) => name);
    expect(names).toHaveLength(9);
    expect(names.filter((name) => !section(sweeps, "Objectives").includes(`\`${name}`))).toEqual([]);
  });
});

describe("docs/spaces.md", () => {
  it("has every kind of node in its table", () => {
    expect(NODE_KINDS.filter((kind) => !firstColumn(spaces).includes(kind))).toEqual([]);
  });

  it("shows a space that compiles, and a difference as it is shown", () => {
    const [, yaml = ""] = blocks(spaces, "yaml");
    expect(compileSpace(parse(yaml).space).dimensions).toHaveLength(6);
    const options = (momentum: object) => hp.choice([{ type: "sgd", ...momentum }, { type: "adam" }]);
    const before = { lr: hp.loguniform(1e-5, 0.1), optimizer: options({}) };
    const after = { lr: hp.loguniform(1e-4, 0.1), optimizer: options({ momentum: hp.uniform(0, 0.99) }) };
    const lines = differences(before, after).map(
      (part) => `  ${part.path}: ${part.before ?? "(nothing)"} -> ${part.after}`,
    );
    expect(spaces).toContain(lines.join("\n"));
  });

  it("shows relations that hold water, and what is said of those that do not", async () => {
    const [yaml = ""] = blocks(spaces, "yaml");
    const read = (text: string) => {
      const { definition, source } = parseSweep(`${text}command: [echo]\n`, "sweep.yaml");
      return checkedSweep(definition, source, "sweep");
    };
    expect((await read(yaml)).where).toHaveLength(2);
    for (const [right, wrong] of [
      ["epochs / 2", "epoch / 2"],
      ["optimizer.momentum < 0.9", 'optimizer.type == "sgdd"'],
    ] as const) {
      expect(spaces).toContain(((await rejectionOf(() => read(yaml.replace(right, wrong)))) as Error).message);
    }
  });

  it("has every function that a relation may call", () => {
    const row = /^\| functions \| (.*) \|$/m.exec(spaces)?.[1] ?? "";
    expect(Object.keys(FUNCTIONS).filter((name) => !row.includes(`\`${name}\``))).toEqual([]);
  });
});

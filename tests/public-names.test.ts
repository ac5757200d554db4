import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const DOORS = [
  "src/index.ts",
  "src/store/redis/index.ts",
  "src/training/index.ts",
  "src/testing/index.ts",
  "plots/index.ts",
];

interface PublicName {
  readonly name: string;
  readonly file: string;
}

/** The names that a file passes on, each with the file it comes from. */
function exportsOf(door: string): readonly PublicName[] {
  const text = readFileSync(door, "utf8");
  return [...text.matchAll(/export (?:type )?\{([^}]+)\} from "([^"]+)"/g)].flatMap(([, names = "", from = ""]) =>
    names
      .split(",")
      .map(
        (name) =>
          name
            .replace(/^\s*type\s+/, "")
            .trim()
            .split(" as ")[0] ?? "",
      )
      .filter((name) => name !== "")
      .map((name) => ({ name, file: join(dirname(door), from) })),
  );
}

/** Where a name is declared: a file may only pass it on. */
function declarationOf({ name, file }: PublicName): PublicName {
  const passedOn = exportsOf(file).find((each) => each.name === name);
  return passedOn === undefined ? { name, file } : declarationOf(passedOn);
}

function isDocumented(publicName: PublicName): boolean {
  const { name, file } = declarationOf(publicName);
  const lines = readFileSync(file, "utf8").split("\n");
  const declared = new RegExp(`^export (declare |async |abstract )*(function|class|interface|type|const) ${name}\\b`);
  const at = lines.findIndex((line) => declared.test(line));
  return at > 0 && (lines[at - 1] ?? "").trim().endsWith("*/");
}

it.each(DOORS)("every public name of %s carries a doc comment", (door) => {
  const names = exportsOf(door);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((each) => !isDocumented(each))).toEqual([]);
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { itWithPython } from "../python/it-with-python.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";

const DOC = readFileSync(new URL("../../docs/commands.md", import.meta.url), "utf8");

/** A block of the page, written to the file that its first line names. */
function write(language: string, folder: string): string {
  const [, name = "", text = ""] = new RegExp(`\`\`\`${language}\\n# (\\S+)\\n([^]*?)\`\`\``).exec(DOC) ?? [];
  writeFileSync(join(folder, name), text);
  return name;
}

itWithPython("the example of docs/commands.md runs as it is printed there", async () => {
  const cwd = emptyFolder();
  expect([write("yaml", cwd), write("python", cwd)]).toEqual(["train.yaml", "train.py"]);
  const valid = await parzenInOne(["validate", "train.yaml"], { cwd });
  expect(valid.code).toBe(0);
  expect(valid.stdout).toMatch(/python3 train\.py --lr=\S+ --batch_size=\d+ --optimizer\.type=(sgd|momentum)/);
  const ran = await parzenInOne(["run", "train.yaml", "-n", "16"], { cwd });
  expect(ran.stderr).toMatch(/16 complete/);
  expect(ran.code).toBe(0);
  const best = await parzenInOne(["best", "--format", "args"], { cwd });
  expect(best.stdout).toMatch(/^--lr=\S+ --batch_size=(4|8|16) --optimizer\.type=\S+/);
  const { reports } = JSON.parse((await parzenInOne(["trials", "show", "0", "--json"], { cwd })).stdout);
  expect(reports).toHaveLength(20);
});

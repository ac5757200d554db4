import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { parzenInOne } from "../cli/one-process.ts";
import { emptyFolder } from "../cli/parzen.ts";
import { itWithPython } from "../python/it-with-python.ts";
import { blocksOf } from "./blocks.ts";

const page = readFileSync(fileURLToPath(new URL("../../docs/coming-from.md", import.meta.url)), "utf8");

itWithPython("the script that moved runs, and reports what a pruner judges", async () => {
  const cwd = emptyFolder();
  for (const { file, text } of blocksOf(page)) if (file !== null) writeFileSync(join(cwd, file), text);
  const ran = await parzenInOne(["run", "train.yaml", "-n", "4", "--pruner", "none", "--json"], { cwd });
  expect(JSON.parse(ran.stdout)).toMatchObject({ trials: { complete: 4 } });
  const { stdout } = await parzenInOne(["trials", "show", "0", "--json"], { cwd });
  const { params, reports } = JSON.parse(stdout);
  expect(params).toMatchObject({ lr: expect.any(Number), widths: expect.arrayContaining([expect.any(Number)]) });
  expect(reports).toHaveLength(10);
});

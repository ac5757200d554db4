import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { parzenInOne } from "../cli/one-process.ts";
import { emptyFolder } from "../cli/parzen.ts";
import { blocksOf } from "./blocks.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

it("docs/importance.md: its program runs, and the command prints what the page shows", async () => {
  const [program, command, printed] = blocksOf(readFileSync(join(root, "docs/importance.md"), "utf8"));
  const cwd = emptyFolder();
  mkdirSync(join(cwd, "node_modules"));
  symlinkSync(root, join(cwd, "node_modules/parzen"));
  writeFileSync(join(cwd, "net.mjs"), program?.text ?? "");
  await promisify(execFile)(process.execPath, ["net.mjs"], { cwd });
  const args = command?.text.trim().split(" ").slice(2) ?? [];
  expect((await parzenInOne(args, { cwd })).stdout).toBe(printed?.text);
});

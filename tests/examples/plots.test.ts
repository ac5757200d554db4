import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { parzenInOne } from "../cli/one-process.ts";
import { emptyFolder } from "../cli/parzen.ts";
import { blocksOf } from "./blocks.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = (name: string): string => readFileSync(join(root, "docs", name), "utf8");
const cwd = emptyFolder();
const node = (...args: readonly string[]) => promisify(execFile)(process.execPath, args, { cwd });

/** The study of which the pages speak. */
beforeAll(async () => {
  mkdirSync(join(cwd, "node_modules"));
  symlinkSync(root, join(cwd, "node_modules/parzen"));
  for (const name of ["importance.md", "plots.md"]) {
    for (const { file, text } of blocksOf(page(name))) if (file !== null) writeFileSync(join(cwd, file), text);
  }
  await node("net.mjs");
});

describe("docs/plots.md", () => {
  it("shows the pictures that its commands draw", async () => {
    const commands =
      blocksOf(page("plots.md"))
        .find(({ language }) => language === "sh")
        ?.text.trim() ?? "";
    for (const command of commands.split("\n")) {
      expect(await parzenInOne(command.split(" ").slice(2), { cwd })).toMatchObject({ code: 0, stderr: "" });
    }
    const pictures = [...page("plots.md").matchAll(/\]\((plot-(\w+)\.svg)\)/g)];
    expect(pictures).toHaveLength(3);
    for (const [, picture = "", kind] of pictures)
      expect(readFileSync(join(cwd, `${kind}.svg`), "utf8")).toBe(page(picture));
  });

  it("has a program that runs", async () => {
    await node(join(root, "node_modules/tsx/dist/cli.mjs"), "draw.mts");
    expect(readFileSync(join(cwd, "history.svg"), "utf8")).toBe(page("plot-history.svg"));
    expect(readFileSync(join(cwd, "net.html"), "utf8")).toContain("<h1>net</h1>");
  });
});

import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { plot } from "../../plots/index.ts";
import type { Study } from "../../src/index.ts";
import { parzenInOne } from "../cli/one-process.ts";
import { emptyFolder } from "../cli/parzen.ts";
import { type TimedAttempt, timedStudy } from "../plots/timed-study.ts";
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

/** Forty trials in four slots, half of them after a night; the times of a study that really runs are never the same. */
function nightStudy(): Promise<Study<unknown>> {
  const ends = [0, 0, 0, 0];
  const attempts = Array.from({ length: 40 }, (_, number): TimedAttempt => {
    if (number === 20) ends.fill(14 * 3600 + Math.max(...ends));
    const slot = ends.indexOf(Math.min(...ends));
    const from = ends[slot] ?? 0;
    const isPruned = number % 3 === 2;
    const to = from + (isPruned ? 70 : 200 + ((number * 97) % 190)) * (number === 13 ? 3 : 1);
    ends[slot] = to + 2;
    if (isPruned) return { number, slot, from, to, outcome: { kind: "pruned", step: 3 } };
    return { number, slot, from, to, outcome: { kind: "complete", losses: [(number - 31) ** 2], metrics: {} } };
  });
  return timedStudy("net", attempts);
}

describe("docs/plots.md", () => {
  it("shows the pictures that its commands draw", async () => {
    const commands =
      blocksOf(page("plots.md"))
        .find(({ language }) => language === "sh")
        ?.text.trim() ?? "";
    for (const command of commands.split("\n")) {
      expect(await parzenInOne(command.split(" ").slice(2), { cwd })).toMatchObject({ code: 0, stderr: "" });
    }
    await writeFile(join(cwd, "timeline.svg"), await plot(await nightStudy(), "timeline"));
    const pictures = [...page("plots.md").matchAll(/\]\((plot-(\w+)\.svg)\)/g)];
    expect(pictures).toHaveLength(5);
    for (const [, picture = "", kind] of pictures)
      expect(readFileSync(join(cwd, `${kind}.svg`), "utf8")).toBe(page(picture));
  });

  it("has a program that runs", async () => {
    await node(join(root, "node_modules/tsx/dist/cli.mjs"), "draw.mts");
    expect(readFileSync(join(cwd, "history.svg"), "utf8")).toBe(page("plot-history.svg"));
    expect(readFileSync(join(cwd, "net.html"), "utf8")).toContain("<h1>net</h1>");
  });
});

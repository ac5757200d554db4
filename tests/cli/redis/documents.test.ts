import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { expect, it, test } from "vitest";
import { parse } from "yaml";
import { addRunFlags } from "../../../cli/run/flags.ts";
import { addWorkerFlags } from "../../../cli/worker/flags.ts";
import { blocksOf } from "../../examples/blocks.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import { deploy, stop } from "./deployment.ts";

const documentOf = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

describeRedis("README", () => {
  test("runs on many machines as it says", async () => {
    const readme = documentOf("README.md");
    const { folder, parzen, worker } = await deploy();
    for (const { file, text } of blocksOf(readme)) if (file !== null) writeFileSync(join(folder, file), text);
    const block = readme.slice(readme.indexOf("## On many machines")).match(/```text\n([^`]*)```/)?.[1] ?? "";
    const lines = block
      .trim()
      .split("\n")
      .map((line) => line.replace(/ *#.*/, ""));
    expect(lines[0]).toBe("export PARZEN_STORE=redis://127.0.0.1:6379");
    const [serve = "", ...commands] = lines.slice(1).map((line) => line.replace("npx parzen ", ""));
    const serving = await worker(serve.split(" ").slice(1));
    const short = commands.map((line) => (line.startsWith("run ") ? `${line} -n 8` : line));
    for (const line of short) expect((await parzen(line.split(" "))).code, line).toBe(0);
    await stop(serving);
  });
});

/** Command lines of `parzen` in units, job scripts, container files and manifests, as words. */
function commandLines(deploy: string): readonly (readonly string[])[] {
  const starts = /^(?:ExecStart=\S+node|exec node) \S+main\.js (.*)$/gm;
  const units = [...deploy.matchAll(starts)].map(([, line = ""]) => line.split(" "));
  const image = JSON.parse(/^CMD (\[.*\])$/m.exec(deploy)?.[1] ?? "null");
  const manifest = parse(blocksOf(deploy).find(({ file }) => file === "worker.yaml")?.text ?? "");
  const [{ args }] = manifest.spec.template.spec.containers;
  return [...units, image, args];
}

it("docs/deploy.md starts commands that there are", () => {
  const lines = commandLines(documentOf("docs/deploy.md"));
  expect(lines).toHaveLength(6);
  for (const [name = "", ...args] of lines) {
    const command = (name === "run" ? addRunFlags : addWorkerFlags)(new Command(name).argument("<sweeps...>"));
    command.exitOverride().parse(args as string[], { from: "user" });
    expect(command.args).toHaveLength(1);
  }
});

it.each([
  ["docs/workers.md", addWorkerFlags(new Command())],
  ["docs/cli.md", addRunFlags(new Command())],
])("%s has every option of its command", (path, command) => {
  const text = documentOf(path);
  const isNamed = (long: string): boolean => text.includes(`\`${long}`) || text.includes(`, ${long}`);
  const missing = command.options.flatMap(({ long }) => (long !== undefined && !isNamed(long) ? [long] : []));
  expect(missing.filter((long) => long !== "--store")).toEqual([]); // PARZEN_STORE is what both pages advise
});

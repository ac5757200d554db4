import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { missingScript } from "../../../cli/sweep/script-file.ts";
import { loadSweep } from "../../../src/sweep/load.ts";
import { parzenInOne } from "../one-process.ts";
import { emptyFolder } from "../parzen.ts";

/** A folder with scripts, and a sweep in it. */
function folderOf(command: readonly string[]): string {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, "code"));
  for (const name of ["train.py", "train.sh", "code/train.js", "code/train.mjs"])
    writeFileSync(join(cwd, name), "echo loss=1\n");
  const sweep = { command, space: { x: { uniform: [0, 1] } }, maxTrials: 1 };
  writeFileSync(join(cwd, "sweep.json"), JSON.stringify(sweep, null, 1));
  return cwd;
}

const missing = async (...command: readonly string[]) =>
  missingScript(await loadSweep(join(folderOf(command), "sweep.json")));

describe("a script that is not there", () => {
  it.each([
    [["python3", "trian.py", "{args}"], 1, "train.py"],
    [["/usr/bin/python3.12", "-u", "trian.py", "--x={x}"], 2, "train.py"],
    [["python3", "-W", "ignore", "train.p.py"], 3, "train.py"],
    [["node", "--max-old-space-size=4096", "code/trian.mjs"], 2, "code/train.mjs"],
    [["bash", "./trian.sh"], 1, "train.sh"],
    [["sh", "trian.sh"], 1, "train.sh"],
    [["Rscript", "--vanilla", "fit.R"], 2, null],
    [["deno", "run", "-A", "no/folder.ts"], 3, null],
    [["torchrun", "--nproc_per_node", "2", "trian.py"], 3, "train.py"],
    [["tsx", "watch", "none.ts"], 2, null],
  ])("is known in %j", async (command, index, meant) => {
    const found = await missing(...command);
    expect(found).toMatchObject({ index, script: command[index] });
    expect(found?.expected.includes("did you mean")).toBe(meant !== null);
    if (meant !== null) expect(found?.expected).toContain(`(did you mean "${meant}"?)`);
  });

  it.each([
    [["python3", "train.py", "--out", "model.py"]],
    [["python3", "-m", "package.py"]],
    [["python3", "-uc", "trian.py"]],
    [["python3", "{x}.py"]],
    [["python3", "/no/such/train.py"]],
    [["node", "-e", "1", "trian.js"]],
    [["node", "--require", "chart.js", "trian.js"]],
    [["ruby", "-C", "code", "trian.rb"]],
    [["sh", "-c", "python3 trian.py"]],
    [["bash", "-lc", "trian.sh"]],
    [["deno", "run", "https://example.org/train.ts"]],
    [["deno", "run", "-A", "jsr:@some/package/train.ts"]],
    [["docker", "run", "image", "python3", "trian.py"]],
    [["./python3-in-a-container", "trian.py"]],
    [["touch", "made.py"]],
    [["python3", "code"]],
    [["node", "train"]],
    [["python3", "code", "--model", "made.py"]],
    [["python3", "-u", "code", "--model", "made.py"]],
    [["node", "code/train", "--out", "made.mjs"]],
    [["node", "--enable-source-maps", "code/train", "made.mjs"]],
    [["bash", "start", "elsewhere.py"]],
    [["bun", "run", "build", "made.ts"]],
    [["python3", "{args}", "made.py"]],
    [["perl", "-S", "trian.pl"]],
  ])("may be right in %j", async (command) => {
    expect(await missing(...command)).toBe(null);
  });

  it("may be one that a shell finds on PATH", async () => {
    const cwd = folderOf(["sh", "elsewhere.sh"]);
    writeFileSync(join(cwd, "code", "elsewhere.sh"), "echo loss=1\n");
    const path = process.env["PATH"];
    const env = { PATH: `${path}:${join(cwd, "code")}` };
    expect(await parzenInOne(["validate", "sweep.json"], { cwd, env })).toMatchObject({
      stderr: expect.not.stringContaining("warning"),
    });
  });

  it.each([[["run"]], [["run", "--dry-run"]]])("ends %j before the first trial, at its place", async ([...words]) => {
    const cwd = folderOf(["sh", "trian.sh"]);
    const ran = await parzenInOne([...words, "sweep.json"], { cwd });
    const said = 'command.1: expected a file, relative to the sweep\'s folder (did you mean "train.sh"?), received';
    expect(ran).toMatchObject({ code: 2, stderr: `error: sweep.json:4:3: ${said} "trian.sh"\n` });
    expect((await parzenInOne(["list"], { cwd })).stdout).not.toContain("sweep");
  });
});

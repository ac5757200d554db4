import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";
import { trialsIn, writeSweep } from "./running.ts";

it.each(["a/b", "../two words"])("a study may be called %j, in every command", async (name) => {
  const cwd = emptyFolder();
  writeSweep(cwd, 'await trial.artifacts.write("model", new Uint8Array([7])); return x;', "maxTrials: 2");
  const begun = await parzenInOne(["run", "sweep.mjs", `--name=${name}`], { cwd });
  expect(begun).toMatchObject({ code: 0, stdout: expect.stringContaining(`${name}: best is trial`) });
  const before = await trialsIn(cwd, name);
  const commands = [
    ["status", "--", name],
    ["trials", "show", "0", `--study=${name}`],
    ["rerun", "--", name, "0"],
    ["export", `--study=${name}`, "-o", "study.json"],
    ["set", "--max-trials", "3", "--", name],
  ];
  for (const args of commands) expect(await parzenInOne(args, { cwd })).toMatchObject({ code: 0 });
  expect(JSON.parse(readFileSync(join(cwd, "study.json"), "utf8"))).toMatchObject({ study: { name } });
  expect(await trialsIn(cwd, name)).toEqual(before);
  expect(await parzenInOne(["delete", "--yes", "--", name], { cwd })).toMatchObject({ code: 0 });
  expect(await parzenInOne(["import", "study.json"], { cwd })).toMatchObject({ code: 0 });
  expect(await trialsIn(cwd, name)).toEqual(before);
});

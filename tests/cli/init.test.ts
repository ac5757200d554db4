import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";

it("init leaves nothing where it cannot write all, and writes all once it can", async () => {
  const cwd = emptyFolder();
  const args = ["init", "--command", "python3", "scripts/objective.py"];
  const failed = await parzenInOne(args, { cwd });
  expect(failed).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("cannot write scripts/objective.py: no such"),
  });
  expect(readdirSync(cwd)).toEqual([]);
  mkdirSync(join(cwd, "scripts"));
  expect(await parzenInOne(args, { cwd })).toMatchObject({ code: 0 });
  expect(readdirSync(cwd)).toEqual(["command.yaml", "scripts"]);
});

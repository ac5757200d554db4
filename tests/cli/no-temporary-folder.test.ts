import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";
import { trialsIn } from "./running.ts";

it("a folder for temporary files that is not there is what is wrong with the machine, and no trial is lost", async () => {
  const cwd = emptyFolder();
  writeFileSync(
    join(cwd, "sweep.yaml"),
    'command: [echo, "loss={x}"]\nspace: { x: { uniform: [0, 1] } }\nmaxTrials: 2\n',
  );
  const { code, stderr } = await parzenInOne(["run", "sweep.yaml"], { cwd, env: { TMPDIR: "/no/such/folder" } });
  expect(code).toBe(1);
  const why = "no temporary folder can be made in /no/such/folder, as TMPDIR has it: no such file or directory";
  expect(stderr).toContain(`\nerror: this machine cannot run trials: ${why}\n`);
  expect(stderr).not.toMatch(/fault of parzen|^ {4}at /m);
  expect((await trialsIn(cwd)).map(({ state }) => state)).toEqual(["queued"]);
  expect(await parzenInOne(["run", "sweep.yaml"], { cwd })).toMatchObject({ code: 0 });
});

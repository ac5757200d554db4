import { expect, it } from "vitest";
import { createStudy, gp, hp } from "../../src/index.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";
import { writeSweep } from "./running.ts";
import { storeIn } from "./small-study.ts";

it("a study that an earlier version of its sampler began goes on, and run and status say which version proposed", async () => {
  const cwd = emptyFolder();
  writeSweep(cwd, "return x;", 'maxTrials: 3, sampler: "gp"');
  const begun = {
    name: "sweep",
    store: storeIn(cwd),
    space: { x: hp.uniform(0, 1) },
    sampler: { ...gp(), version: 1 },
  };
  const study = await createStudy({ ...begun, maxTrials: 2 });
  await study.optimize(({ x }) => x);
  await study.close();
  const samplerIn = async (): Promise<string | undefined> => {
    const { stdout } = await parzenInOne(["status"], { cwd });
    return / {2}sampler +(.*)$/m.exec(stdout)?.[1];
  };
  const now = `gp ${gp().version}`;
  const versions = `gp; versions: gp 1, from trial 2 on ${now}`;
  expect(await samplerIn()).toBe(versions);
  const warning = `warning: gp 1 proposed so far, and this parzen has ${now}: it proposes from trial 2 on\n`;
  const first = await parzenInOne(["run", "sweep.mjs", "-n", "3", "--slots", "1"], { cwd });
  expect(first).toMatchObject({ code: 0, stderr: expect.stringContaining(warning) });
  const second = await parzenInOne(["run", "sweep.mjs", "-n", "4", "--slots", "1"], { cwd });
  expect(second).toMatchObject({ code: 0, stderr: expect.not.stringContaining(warning) });
  expect(await samplerIn()).toBe(versions);
});

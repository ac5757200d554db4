import { expect, it } from "vitest";
import { createStudy, hp, median, random } from "../../../src/index.ts";
import { parzenInOne } from "../one-process.ts";
import { emptyFolder } from "../parzen.ts";
import { storeIn } from "../small-study.ts";

it("the list shows what pruned trials had reported last, beside the losses of the others", async () => {
  const cwd = emptyFolder();
  const pruner = median({ startup: 1 });
  const space = { x: hp.uniform(0, 1) };
  const study = await createStudy({ name: "s", store: storeIn(cwd), space, sampler: random(), pruner, maxTrials: 2 });
  await study.optimize(async (_, trial) => {
    await trial.report(1, 4 + trial.number);
    return 3;
  });
  await study.close();
  const list = async (...args: readonly string[]): Promise<string> =>
    (await parzenInOne(["trials", "list", ...args], { cwd })).stdout;
  expect(await list("--columns", "number,state,loss,reported,step")).toBe(
    "#  state     loss  reported  step\n0  complete     3         4     -\n1  pruned       -         5     1\n",
  );
  expect(await list()).toMatch(/^# +state +loss +duration +reported +x\n/);
  expect(await list("--state", "complete")).toMatch(/^# +state +loss +duration +x\n/);
  expect(await list("--filter", "reported>4", "--columns", "number")).toBe("#\n1\n");
});

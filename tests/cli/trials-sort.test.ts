import { beforeAll, expect, it } from "vitest";
import { createStudy, hp, random } from "../../src/index.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";
import { storeIn } from "./small-study.ts";

const cwd = emptyFolder();

/** Trials 0 to 4, of which 3 failed; the higher its accuracy, the better a trial. */
beforeAll(async () => {
  const space = { x: hp.uniform(0, 1) };
  const goal = { direction: "maximize", metric: "accuracy" } as const;
  const study = await createStudy({ name: "up", store: storeIn(cwd), space, sampler: random(), maxTrials: 5, ...goal });
  await study.optimize((_, { number }) => {
    if (number === 3) throw new Error("no");
    return [0.5, 0.9, 0.1, 0, 0.7][number] ?? 0;
  });
  await study.close();
});

it.each([
  ["loss", [1, 4, 0, 2, 3]],
  ["-loss", [2, 0, 4, 1, 3]],
  ["accuracy", [1, 4, 0, 2, 3]],
  ["-accuracy", [2, 0, 4, 1, 3]],
  ["-number", [4, 3, 2, 1, 0]],
])("of a study that maximizes, --sort %s puts the trials in the order %j", async (column, order) => {
  const { stdout } = await parzenInOne(["trials", "list", `--sort=${column}`, "--json"], { cwd });
  expect(JSON.parse(stdout).map(({ number }: { number: number }) => number)).toEqual(order);
});

it("the metric's name is the loss in filters and columns too, and is suggested", async () => {
  const filter = ["trials", "list", "--filter", "accuracy>=0.7", "--columns", "number,accuracy"];
  expect((await parzenInOne(filter, { cwd })).stdout).toBe("#  accuracy\n1       0.9\n4       0.7\n");
  const misspelt = await parzenInOne(["trials", "list", "--sort", "acuracy"], { cwd });
  expect(misspelt).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "accuracy"?') });
});

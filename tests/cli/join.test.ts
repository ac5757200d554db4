import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder } from "./parzen.ts";
import { startParzen, untilRunning } from "./running.ts";

/** Trial 1, which ends when the file `1` is there, is better than trial 0; a test leaves its params. */
const SWEEP = `import { appendFileSync, existsSync } from "node:fs";
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export default {
  space: { x: { uniform: [0, 1] } },
  maxTrials: 2,
  objective: {
    evaluate: async (_, { number }) => {
      while (!existsSync(String(number))) await sleep(20);
      return -number;
    },
    test: ({ x }) => {
      appendFileSync("tested.txt", x + "\\n");
      return { metrics: { x } };
    },
  },
};
`;

it("of two processes that run a study, the one that ends last tests the best trial", async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "sweep.mjs"), SWEEP);
  const first = startParzen(["run", "sweep.mjs"], cwd);
  await first.until(/searches by/);
  await untilRunning(cwd, 1);
  const second = startParzen(["run", "sweep.mjs", "--join"], cwd);
  await untilRunning(cwd, 2);
  writeFileSync(join(cwd, "0"), "");
  const early = await first.ended;
  expect(early).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sweep: best is trial 0\n/) });
  expect(early.stderr).toMatch(/^sweep: all 2 trials are given out, 1 of them not done yet/m);
  writeFileSync(join(cwd, "1"), "");
  const { stdout } = await second.ended;
  expect(stdout).toMatch(/^sweep: best is trial 1\n\n.*\n.*test x/m);
  expect(readFileSync(join(cwd, "tested.txt"), "utf8").split("\n")).toHaveLength(2);
});

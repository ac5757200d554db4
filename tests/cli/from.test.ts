import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { betterLine } from "../../cli/run/from.ts";
import { createStudy, hp, openStudy } from "../../src/index.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder } from "./parzen.ts";
import { argumentsOf } from "./running.ts";
import { storeIn } from "./small-study.ts";

const SWEEP = `command: [echo, "loss={a}.{b}"]
space: { a: { uniformint: [1, 9] }, b: { uniformint: [2, 12] } }
where: a < b
defaults: { a: 1, b: 3 }
maxTrials: 2
sampler: random
`;

/** A study "train" with five results, of which the sweep, which is another one now, allows two. */
async function begun(cwd: string, name = "train"): Promise<void> {
  const space = { a: hp.uniformint(1, 9), b: hp.uniformint(1, 9) };
  const study = await createStudy({ name, store: storeIn(cwd), space });
  for (const [a, b] of [
    [1, 1],
    [2, 3],
    [4, 5],
    [8, 3],
    [9, 2],
  ] as const) {
    await study.enqueue({ a, b }, { loss: a });
  }
  await study.close();
}

it("a study for --from that is not there is answered with those that are", async () => {
  const cwd = emptyFolder();
  await begun(cwd);
  writeFileSync(join(cwd, "train.yaml"), SWEEP);
  const { code, stderr } = await parzenInOne(["run", "train.yaml", "--name", "new", "--from", "trian"], { cwd });
  expect({ code, stderr }).toEqual({
    code: 3,
    stderr: expect.stringMatching(/there is no study "trian" in \S+\nStudies there: train\n$/),
  });
});

it("run --fresh --from takes over from the very study that it renames", async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "train.yaml"), SWEEP);
  const run = (...flags: readonly string[]) => parzenInOne(["run", "train.yaml", ...flags], { cwd });
  await run();
  expect(await run("--from", "train")).toMatchObject({ code: 2, stderr: expect.stringContaining("its own results") });
  const dry = await run("--fresh", "--from", "train", "--json", "--dry-run");
  expect(JSON.parse(dry.stdout)).toMatchObject({ from: [{ study: "train", taken: 2 }] });
  // "train" is the new one from then on.
  const { code, stdout, stderr } = await run("--fresh", "--from", "train", "--json");
  const renamed = /^the old study is kept as (train\.\S+)$/m.exec(stderr)?.[1];
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ from: [{ study: renamed, taken: 2 }] });
  expect(stderr).toContain(`\n2 results of ${renamed} taken over, `);
});

it("run --from takes over what fits, once, and says what does not", async () => {
  const [cwd, elsewhere] = [emptyFolder(), emptyFolder()];
  await begun(cwd);
  await begun(elsewhere, "other");
  writeFileSync(join(cwd, "train.yaml"), SWEEP);
  const refused = await parzenInOne(["run", "train.yaml"], { cwd });
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("  where: (nothing) -> a < b\n") });
  const offered = /^to take another name and its results: (.*)$/m.exec(refused.stderr)?.[1] ?? "";
  expect(offered).toBe("parzen run train.yaml --name train-2 --from train");
  const dry = await parzenInOne([...argumentsOf(offered), "--dry-run", "--json"], { cwd });
  const leftOut = [
    { reason: 'forbidden by "a < b"', count: 2 },
    { reason: "b: expected an integer from 2 to 12", count: 1 },
  ];
  const from = { study: "train", taken: 2, known: 0, best: 2, leftOut };
  expect(JSON.parse(dry.stdout)).toMatchObject({ existing: null, where: ["a < b"], from: [from] });
  const ran = await parzenInOne(argumentsOf(offered), { cwd });
  expect(ran.stderr).toMatch(
    /^2 results of train taken over, the best 2\n {2}2 left out: forbidden by "a < b"\n {2}1 left out: b: expected /m,
  );
  expect(ran.stderr.split("\n")[0]).toBe("parzen run train.yaml --name train-2");
  expect(ran.stderr).not.toContain("still better");
  const other = `${storeIn(elsewhere)}#other`;
  const again = await parzenInOne([...argumentsOf(offered), "--from", other, "-n", "3", "--json"], { cwd });
  expect(JSON.parse(again.stdout).from).toMatchObject([
    { study: "train", taken: 0, known: 2 },
    { study: "other", taken: 0, known: 2 },
  ]);
  const study = await openStudy({ name: "train-2", store: storeIn(cwd) });
  expect((await study.store.snapshot("train-2", 0)).imported).toHaveLength(2);
  await study.close();
});

it("run --from tells what is not there, and makes no store for it", async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, "train.yaml"), SWEEP);
  for (const [named, missing] of [
    ["old", ".parzen/parzen.db"],
    ["old.db#old", "old.db"],
  ] as const) {
    const { code, stderr } = await parzenInOne(["run", "train.yaml", "--from", named], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain(`error: --from ${named}: there is no store at ${missing}\n`);
  }
  expect(readdirSync(cwd)).toEqual(["train.yaml"]); // no store was made
});

it("what was taken over is told of where it is better than the study's own best", () => {
  const from = [2, 1, null, 3].map((best, index) => ({ study: `s${index}`, taken: 1, known: 0, best, leftOut: [] }));
  expect(betterLine(from, 1.5, "minimize")).toBe("what s1 found is still better: 1");
  expect(betterLine(from, 1.5, "maximize")).toBe("what s3 found is still better: 3");
  expect(betterLine(from, null, "minimize")).toBe("what s1 found is still better: 1");
  expect(betterLine(from, 1, "minimize")).toBeNull();
  expect(betterLine([], null, "minimize")).toBeNull();
});

it("what cannot be taken over is refused before a study is begun, changed or renamed", async () => {
  const cwd = emptyFolder();
  await begun(cwd);
  writeFileSync(join(cwd, "max.yaml"), `${SWEEP}direction: maximize\n`);
  writeFileSync(join(cwd, "min.yaml"), SWEEP);
  expect(await parzenInOne(["run", "max.yaml"], { cwd })).toMatchObject({ code: 0 });
  expect(await parzenInOne(["run", "min.yaml"], { cwd })).toMatchObject({ code: 0 });
  const before = await parzenInOne(["list", "--json"], { cwd });
  for (const args of [
    ["max.yaml", "--name", "new", "--from", "train"],
    ["max.yaml", "--fresh", "--from", "train"],
    ["min.yaml", "-n", "9", "--from", "min"],
    ["min.yaml", "--dry-run", "--from", "min"],
  ]) {
    expect(await parzenInOne(["run", ...args], { cwd })).toMatchObject({ code: 2, stdout: "" });
  }
  expect(await parzenInOne(["list", "--json"], { cwd })).toEqual(before);
});

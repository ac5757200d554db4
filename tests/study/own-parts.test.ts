import { expect, it } from "vitest";
import { createStudy, type Evaluation, type Executor, hp, type Pruner, type Study } from "../../src/index.ts";

const space = { x: hp.uniform(0, 1) };
const done: Evaluation = { outcome: { kind: "complete", losses: [1] }, log: "" };

/** What an executor without types may do. */
const executor = (evaluate: (...given: Parameters<Executor["evaluate"]>) => unknown): Executor => ({
  slots: 1,
  evaluate: async (task, watch) => (await evaluate(task, watch)) as Evaluation, // may be none
  close: async () => undefined,
});

const complete = (more: object): unknown => ({ ...done, outcome: { ...done.outcome, ...more } });

it.each([
  ["nothing", undefined],
  ["no outcome", { log: "" }],
  ["no log", { outcome: done.outcome }],
  ["an outcome that there is not", { outcome: { kind: "done" }, log: "" }],
  ["an outcome of an inherited name", { outcome: { kind: "constructor" }, log: "" }],
  ["no loss", complete({ losses: [] })],
  ["a loss that is a text", complete({ losses: ["1"] })],
  ["a loss that is endless", complete({ losses: [Number.POSITIVE_INFINITY] })],
  ["a metric that is a text", complete({ metrics: { a: "1" } })],
  ["attributes without JSON", complete({ attributes: { a: 1n } })],
  ["a failure that is none", { outcome: { kind: "failed", reason: "tired", message: "" }, log: "" }],
  ["a failure without a message", { outcome: { kind: "failed", reason: "error" }, log: "" }],
  ["no step of its pruning", { outcome: { kind: "pruned" }, log: "" }],
  ["a loss of a place without words", { outcome: { kind: "lost", message: 7 }, log: "" }],
])("an executor that gives %s ends the run, and the trial waits for another one", async (_what, given) => {
  const study = await createStudy({ space, maxTrials: 1 });
  const message = expect.stringMatching(/^the executor gave .* for an evaluation: expected /);
  await expect(study.drive(executor(() => given))).rejects.toMatchObject({ code: "OPTION_INVALID", message });
  expect(await study.trials()).toMatchObject([{ state: "queued" }]);
  expect(await study.drive(executor(() => done))).toBe("maxTrials");
});

it("an executor that passes on what is no report ends the run, and nothing of it is stored", async () => {
  const study = await createStudy({ space, maxTrials: 1 });
  const reporting = executor(async (_task, { report }) => {
    await report([{ step: -1, value: 1 }]);
    return done;
  });
  const message = "the executor's report: expected step to be 0, 1, 2 ..., received -1";
  await expect(study.drive(reporting)).rejects.toMatchObject({ code: "OPTION_INVALID", message });
  expect(await study.trials()).toMatchObject([{ state: "queued", reports: [] }]);
});

it("keeps the last 64 kB of a log, whoever gives it", async () => {
  const study = await createStudy({ space, maxTrials: 2 });
  const objective = (): number => {
    throw new Error("long ".repeat(100_000));
  };
  await study.configure({ maxTrials: 1 });
  await study.optimize(objective);
  await study.configure({ maxTrials: 2 });
  await study.drive(executor(() => ({ ...done, log: `${"é".repeat(100_000)}end` })));
  const logs = await Promise.all([0, 1].map((number) => logOf(study, number)));
  for (const log of logs) expect(Buffer.byteLength(log)).toBeLessThanOrEqual(65_536);
  expect(logs[1]).toMatch(/^é+end$/);
});

async function logOf(study: Study<unknown>, number: number): Promise<string> {
  const trial = await study.trial(number);
  return "log" in trial ? trial.log : "";
}

it.each([undefined, false, Promise.resolve("continue"), "cancel"])(
  "a pruner that says %s ends the run rather than the trial",
  async (said) => {
    const pruner: Pruner = { name: "mine", options: {}, judge: () => said as "prune" }; // what one without types may say
    const message = expect.stringMatching(/^the pruner "mine" gave .* for a verdict: expected "continue" or "prune"$/);
    const refused = { code: "OPTION_INVALID", message };
    for (const reports of [1, 3]) {
      const study = await createStudy({ space, maxTrials: 1, pruner });
      const objective = async (_params: unknown, { report }: { report(step: number, value: number): unknown }) => {
        await Promise.all(Array.from({ length: reports }, (_, step) => report(step, 1)));
        return 1;
      };
      await expect(study.optimize(objective)).rejects.toMatchObject(refused);
      expect(await study.trials()).toMatchObject([{ state: "queued" }]);
    }
    const study = await createStudy({ space, pruner });
    const asked = await study.ask();
    await expect(study.report(asked?.number ?? -1, 0, 1)).rejects.toMatchObject(refused);
    expect(await study.tell(asked?.number ?? -1, 2)).toMatchObject({ state: "complete", loss: 2 });
  },
);

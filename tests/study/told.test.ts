import { describe, expect, it } from "vitest";
import { createStudy, hp } from "../../src/index.ts";

const space = { x: hp.uniform(0, 1), kind: hp.choice(["a", "b"]) };

describe("what is told of an asked trial", () => {
  it.each([
    [-1, 0.5, "expected step to be 0, 1, 2 ..., received -1"],
    [1.5, 0.5, "expected step to be 0, 1, 2 ..., received 1.5"],
    [0, "0.5", 'expected value to be a number, received "0.5"'],
  ])("is no report of step %s and value %j, which the store does not get", async (step, value, wrong) => {
    const study = await createStudy({ space });
    await study.ask();
    const message = `study.report(number, step, value): ${wrong}`;
    await expect(study.report(0, step, value as never)).rejects.toMatchObject({ code: "OPTION_INVALID", message });
    expect((await study.trial(0)).reports).toEqual([]);
  });

  it.each([
    [{ failed: 7 }, "tell: failed: expected a text that says why, received 7"],
    [{ failed: new Error("no data") }, "tell: failed: expected a text that says why, received"],
    [{ pruned: false }, "tell: pruned: expected true, received false"],
    [{ los: 1 }, 'tell: there is no key "los" (did you mean "loss"?)'],
    [{ fail: "no data" }, 'tell: there is no key "fail" (did you mean "failed"?)'],
    [{ pruned: true, loss: 1 }, 'tell: "loss" and "pruned" do not go together'],
    [{ failed: "no data", loss: 1 }, 'tell: "loss" and "failed" do not go together'],
    [{ failed: "no data", pruned: true }, 'tell: "failed" and "pruned" do not go together'],
    [{ failed: "no data", metrics: { a: 1 } }, 'tell: "failed" and "metrics" do not go together'],
    [{ pruned: true, attributes: { a: 1 } }, 'tell: "pruned" and "attributes" do not go together'],
    [{ loss: 1, metric: { a: 1 } }, 'tell: there is no key "metric" (did you mean "metrics"?)'],
    [{ loss: 1, accuracy: 0.5 }, 'tell: there is no key "accuracy"'],
    [{ failed: "no data", reason: "late" }, 'tell: there is no key "reason"'],
    [undefined, "{ failed } or { pruned }, received undefined"],
    ["0.5", '{ failed } or { pruned }, received "0.5"'],
    [true, "{ failed } or { pruned }, received true"],
    [1n, "{ failed } or { pruned }, received 1n"],
    [[1], "{ failed } or { pruned }, received [1]"],
    [() => 1, "{ failed } or { pruned }, received a function"],
    [{ loss: "1" }, 'tell: loss: expected a number, received "1"'],
    [{ loss: Promise.resolve(1) }, "tell: loss: expected a number, received Promise {}"],
    [{ loss: undefined }, "tell: loss: expected a number, received undefined"],
    [{ loss: 1, metrics: 3 }, "tell: metrics: expected { name: number }, received 3"],
    [{}, "tell: expected a loss, { loss, metrics?, attributes? }, { failed } or { pruned }, received {}"],
    [{ metrics: { los: 1 } }, '{ failed } or { pruned }, received {"metrics":{"los":1}}'],
    [Promise.resolve(1), "{ failed } or { pruned }, received Promise {}"],
  ])("is no ending (%#), after which it runs on", async (told, message) => {
    const study = await createStudy({ space });
    await study.ask();
    const refused = { code: "OPTION_INVALID", message: expect.stringContaining(message) };
    await expect(study.tell(0, told as never)).rejects.toMatchObject(refused);
    expect(await study.tell(0, 1)).toMatchObject({ state: "complete" });
  });

  it.each([
    ["0", 'expected the number of a trial, 0, 1, 2 ..., received "0"'],
    [{ number: 0 }, 'expected the number of a trial, 0, 1, 2 ..., received {"number":0}'],
    [undefined, "expected the number of a trial, 0, 1, 2 ..., received undefined"],
  ])("is of no trial %j, whatever is asked of it", async (number, message) => {
    const study = await createStudy({ space });
    await study.ask();
    const wrong = number as never;
    const calls = [study.tell(wrong, 1), study.report(wrong, 0, 1), study.trial(wrong), study.replay(wrong)];
    for (const each of await Promise.allSettled(calls)) {
      expect(each).toMatchObject({ reason: { code: "OPTION_INVALID", message: expect.stringContaining(message) } });
    }
    expect(await study.tell(0, 1)).toMatchObject({ state: "complete" });
  });

  it("fails it where it is null, as JSON has NaN, and leaves out what is undefined", async () => {
    const study = await createStudy({ space });
    await study.ask();
    const message = expect.stringContaining("the objective returned null");
    expect(await study.tell(0, null as never)).toMatchObject({ state: "failed", reason: "invalid", message });
    await study.ask();
    expect(await study.tell(1, { loss: null as never })).toMatchObject({ state: "failed", reason: "invalid" });
    await study.ask();
    expect(await study.tell(2, { loss: 1, failed: undefined, pruned: undefined } as never)).toMatchObject({ loss: 1 });
  });

  it("is kept as a message no longer than that of any failure", async () => {
    const study = await createStudy({ space });
    await study.ask();
    expect(await study.tell(0, { failed: "x".repeat(5000) })).toMatchObject({ message: `${"x".repeat(997)}...` });
  });
});

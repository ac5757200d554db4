import { expect, it } from "vitest";
import { createStudy, type Executor, hp } from "../../../src/index.ts";

/** One of three slots, whose trials end when three run; it notes which slot each was meant for. */
function inThrees(meant: Map<number, number | undefined>): Executor {
  let waiting: (() => void)[] = [];
  return {
    slots: 3,
    async evaluate({ trial }, { slot }) {
      meant.set(trial, slot);
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length < 3) return;
        for (const end of waiting) end();
        waiting = [];
      });
      return { outcome: { kind: "complete", losses: [trial], metrics: {}, attributes: {} }, log: "" };
    },
    close: async () => undefined,
  };
}

it("trials that run at once have slots of their own, which the store and the executor are told", async () => {
  const meant = new Map<number, number | undefined>();
  const study = await createStudy({ name: "s", space: { x: hp.uniform(0, 1) }, maxTrials: 9 });
  await study.drive(inThrees(meant));
  const slots = (await study.trials()).map((trial) => ("slot" in trial ? trial.slot : null));
  expect(slots).toEqual(Array.from(slots, (_, number) => meant.get(number)));
  for (const first of [0, 3, 6]) expect(new Set(slots.slice(first, first + 3))).toEqual(new Set([0, 1, 2]));
});

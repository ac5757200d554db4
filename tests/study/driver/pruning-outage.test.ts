import { expect, it } from "vitest";
import { inProcess } from "../../../src/executor/in-process.ts";
import { compileSpace, createStudy, hp, openStore, type Store, threshold } from "../../../src/index.ts";
import { failsOnce } from "../fails-once.ts";
import { LocalFleet } from "../local-fleet.ts";

const space = { x: hp.uniform(0, 1) };

interface Reporting {
  report(step: number, value: number): Promise<string>;
}

const WHERE = {
  "on slots of its own": (_store: Store) => (slots: ReturnType<typeof inProcess>) => slots,
  "where workers run them": (store: Store) => (slots: ReturnType<typeof inProcess>) => new LocalFleet(store, slots),
};

it.each(Object.entries(WHERE))("trials are pruned although the store was away at their verdict, %s", async (_, at) => {
  const store = failsOnce(await openStore("memory:"), "judge");
  const study = await createStudy({ name: "away", space, store, maxTrials: 2, pruner: threshold({ upper: 1 }) });
  // Reports once and then waits for the verdict, which a later report tells.
  const objective = async (_params: unknown, trial: Reporting) => {
    await trial.report(0, 2);
    for (let step = 1; (await trial.report(step, 0.5)) !== "prune"; step++) {
      if (step > 400) return 0;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return 0;
  };
  const slots = inProcess({ objective: objective as never, space: compileSpace(space) });
  expect(await study.drive(at(store)(slots))).toBe("maxTrials");
  expect((await study.trials()).map(({ state }) => state)).toEqual(["pruned", "pruned"]);
});

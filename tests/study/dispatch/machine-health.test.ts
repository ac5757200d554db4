import { expect, it } from "vitest";
import { createStudy, type Executor, hp } from "../../../src/index.ts";

/** A machine that is at fault at some calls, by their number. */
function machine(isFaulty: (call: number) => boolean): Executor {
  let calls = 0;
  return {
    slots: 1,
    evaluate: async () => {
      const lost = { kind: "lost", machine: true, message: "no GPU" } as const;
      return { outcome: isFaulty(calls++) ? lost : { kind: "complete", losses: [1] }, log: "" };
    },
    close: async () => undefined,
  };
}

const create = () => createStudy({ space: { x: hp.uniform(0, 1) }, maxTrials: 4 });

it("faults of the machine end the run after three in a row, and the trial waits for another one", async () => {
  const study = await create();
  const faults: string[] = [];
  study.on("fault", ({ message }) => faults.push(message));
  await expect(study.drive(machine((call) => call > 0))).rejects.toMatchObject({ code: "MACHINE_FAULT" });
  expect(faults).toEqual(["no GPU", "no GPU", "no GPU"]);
  expect((await study.trials()).map(({ state }) => state)).toEqual(["complete", "queued"]);
});

it("faults that trials run in between end no run", async () => {
  const study = await create();
  expect(await study.drive(machine((call) => call % 3 !== 2))).toBe("maxTrials");
  expect((await study.trials()).map(({ attempt }) => attempt)).toEqual([3, 3, 3, 3]);
});

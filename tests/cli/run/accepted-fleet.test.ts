import { expect, it } from "vitest";
import { AcceptedFleet } from "../../../cli/run/accepted-fleet.ts";
import { queueName } from "../../../src/executor/bullmq/queue-name.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import { SETTINGS, specOf } from "../../store/fixtures.ts";

it("each call goes to the workers of the version that the study means by then, one fleet for each", async () => {
  const calls: string[] = [];
  const fleet = new AcceptedFleet({ version: "v1", requires: ["gpu"] }, (demand) => {
    const queue = queueName(demand);
    calls.push(`make ${queue}`);
    return {
      slots: async () => calls.push(`slots ${queue}`),
      deliver: async (_study, trials, delivery) =>
        void calls.push(`deliver ${queue} ${trials.length} ${delivery?.isFirst}`),
      close: async () => void calls.push(`close ${queue}`),
    };
  });
  const store = memoryStore();
  const silent = await store.createStudy(specOf("s"), SETTINGS);
  await fleet.slots(silent);
  await fleet.deliver(silent, [], { isFirst: true });
  await store.note("s", { run: { version: "v2", requires: [] } });
  const accepted = (await store.findStudy("s")) ?? silent;
  await fleet.deliver(accepted, []);
  expect(await fleet.slots(accepted)).toBe(6);
  await fleet.slots(silent);
  await fleet.close();
  expect(calls).toEqual([
    "make gpu-v1",
    "slots gpu-v1",
    "deliver gpu-v1 0 true",
    "make any-v2",
    "deliver any-v2 0 undefined",
    "slots any-v2",
    "slots gpu-v1",
    "close gpu-v1",
    "close any-v2",
  ]);
});

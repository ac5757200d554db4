import { expect, it } from "vitest";
import { createStudy, hp } from "../../../src/index.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import { thisHolder } from "../../../src/study/attempt/holder.ts";
import { recover } from "../../../src/study/attempt/recover.ts";
import { StudyView } from "../../../src/study/view/view.ts";

const space = { x: hp.uniform(0, 1) };
const LEASE_MS = 1000;

/** A study whose one trial another host holds, as a process here sees it after the lease has ended. */
async function withOverdueTrial() {
  let now = 0;
  const store = memoryStore({ now: () => now });
  const study = await createStudy({ name: "two hosts", space, store });
  const number = (await study.enqueue({ x: 0.5 })) ?? -1;
  const claim = { holder: { ...thisHolder(0), host: "elsewhere" }, leaseMs: LEASE_MS, version: null };
  const claimed = await store.claim("two hosts", number, claim);
  if (claimed.kind !== "claimed") throw new Error(claimed.state);
  now += 2 * LEASE_MS;
  const view = new StudyView(await study.refresh());
  await view.refresh(store);
  const renew = () => store.renew("two hosts", number, { attempt: 1, token: claimed.token }, LEASE_MS);
  return { store, view, renew };
}

it("leaves a trial of another host whose sign of life came after the look", async () => {
  const { store, view, renew } = await withOverdueTrial();
  expect(await renew()).toBe("continue");
  expect(await recover(store, view)).toEqual([]);
  expect(await renew()).toBe("continue");
});

it("returns a trial of another host that gave no sign of life to the queue", async () => {
  const { store, view, renew } = await withOverdueTrial();
  expect(await recover(store, view)).toMatchObject([{ number: 0, state: "queued" }]);
  expect([await renew(), [...view.queued()]]).toEqual(["stale", [0]]);
});

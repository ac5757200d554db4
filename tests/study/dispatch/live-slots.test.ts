import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LiveSlots } from "../../../src/study/dispatch/live-slots.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

it("that no worker serves is said once, and again only where one served in between", async () => {
  const counts = [0, 0, 0, 2, 0, 0];
  const fleet = {
    slots: async () => counts.shift() ?? 0,
    deliver: async () => undefined,
    close: async () => undefined,
  };
  const said: number[] = [];
  const listener = { waiting: () => void said.push(counts.length) };
  const slots = new LiveSlots(fleet, { view: {}, listener } as never); // all that it asks of them
  while (counts.length > 0) {
    await slots.refresh();
    vi.advanceTimersByTime(2000);
  }
  expect(said).toEqual([5, 1]);
});

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Deadline } from "../../src/executor/deadline.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it.each([1, 1000, 2 ** 31 - 1, 2 ** 31, 2 ** 33 + 5])("fires once, after %s ms", (ms) => {
  const fire = vi.fn();
  new Deadline(ms, fire);
  vi.advanceTimersByTime(ms - 1);
  expect(fire).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(fire).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it("never fires where it is infinite", () => {
  const fire = vi.fn();
  const deadline = new Deadline(Number.POSITIVE_INFINITY, fire);
  vi.advanceTimersByTime(2 ** 35);
  expect(fire).not.toHaveBeenCalled();
  deadline.cancel();
  expect(vi.getTimerCount()).toBe(0);
});

it("can be cancelled in any of its pieces", () => {
  const fire = vi.fn();
  const deadline = new Deadline(2 ** 33, fire);
  vi.advanceTimersByTime(2 ** 32);
  deadline.cancel();
  vi.advanceTimersByTime(2 ** 33);
  expect(fire).not.toHaveBeenCalled();
});

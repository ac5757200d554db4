import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AttendedDeadline } from "../../src/executor/attended-deadline.ts";

/** How long this process stood still so far: the clock has gone on, and no timer came. */
let stoodMs = 0;
beforeEach(() => {
  stoodMs = 0;
  vi.useFakeTimers();
  const now = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => now() + stoodMs);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it.each([1, 1000, 3_600_000, 2 ** 33])("fires once, after %s ms", (ms) => {
  const fire = vi.fn();
  new AttendedDeadline(ms, fire);
  vi.advanceTimersByTime(ms - 1);
  expect(fire).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2);
  expect(fire).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

it.each([10, 5000, 3_600_000])("does not count an hour of standing still within %s ms", (ms) => {
  const fire = vi.fn();
  new AttendedDeadline(ms, fire);
  stoodMs += 3_600_000;
  vi.advanceTimersByTime(ms - 1);
  expect(fire).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1 + 1000);
  expect(fire).toHaveBeenCalledOnce();
});

it("fires also where this process stands still again and again", () => {
  const fire = vi.fn();
  new AttendedDeadline(10_000, fire);
  for (let second = 0; second < 11; second++) {
    stoodMs += 5000;
    vi.advanceTimersByTime(1000);
  }
  expect(fire).toHaveBeenCalledOnce();
});

it.each([10, Number.POSITIVE_INFINITY])("can be cancelled: %s ms", (ms) => {
  const fire = vi.fn();
  const deadline = new AttendedDeadline(ms, fire);
  stoodMs += 3_600_000;
  vi.advanceTimersByTime(500); // of the shorter one, into what is left for hearing
  deadline.cancel();
  vi.advanceTimersByTime(2 ** 32);
  expect(fire).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Deadline } from "../../src/executor/deadline.ts";

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

const times = [1, 1000, 3_600_000, 2 ** 31 - 1, 2 ** 31, 2 ** 33 + 5];

it.each(times.flatMap((ms) => [[ms, false] as const, [ms, true] as const]))(
  "fires once, after %s ms; attended: %s",
  (ms, isAttended) => {
    const fire = vi.fn();
    new Deadline(ms, fire, { isAttended });
    vi.advanceTimersByTime(ms - 1);
    expect(fire).not.toHaveBeenCalled();
    vi.advanceTimersByTime(isAttended ? 2 : 1);
    expect(fire).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  },
);

it.each([true, false])("never fires where it is infinite; attended: %s", (isAttended) => {
  const fire = vi.fn();
  const deadline = new Deadline(Number.POSITIVE_INFINITY, fire, { isAttended });
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

it("counts the time in which this process stood still, unless it is attended", () => {
  const fire = vi.fn();
  new Deadline(1000, fire);
  stoodMs += 3_600_000;
  vi.advanceTimersByTime(1000);
  expect(fire).toHaveBeenCalledOnce();
});

describe("an attended deadline", () => {
  const attended = { isAttended: true };

  it.each([10, 5000, 3_600_000])("does not count an hour of standing still within %s ms", (ms) => {
    const fire = vi.fn();
    new Deadline(ms, fire, attended);
    stoodMs += 3_600_000;
    vi.advanceTimersByTime(ms - 1);
    expect(fire).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1 + 1000);
    expect(fire).toHaveBeenCalledOnce();
  });

  it("fires also where this process stands still again and again", () => {
    const fire = vi.fn();
    new Deadline(10_000, fire, attended);
    for (let second = 0; second < 11; second++) {
      stoodMs += 5000;
      vi.advanceTimersByTime(1000);
    }
    expect(fire).toHaveBeenCalledOnce();
  });

  it.each([10, Number.POSITIVE_INFINITY])("can be cancelled: %s ms", (ms) => {
    const fire = vi.fn();
    const deadline = new Deadline(ms, fire, attended);
    stoodMs += 3_600_000;
    vi.advanceTimersByTime(500); // of the shorter one, into what is left for hearing
    deadline.cancel();
    vi.advanceTimersByTime(2 ** 32);
    expect(fire).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

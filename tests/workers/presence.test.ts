import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Presence } from "../../workers/presence.ts";
import { gate } from "./harness.ts";

const ABOUT = { id: "w", slots: 1, gpus: [], tags: [], parzen: "test", objectives: [], notes: {} };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What a registry was told, in order; it can be away, or slow to answer. */
class Registry {
  readonly told: string[] = [];
  readonly failed: unknown[] = [];
  isAway = false;
  waits: Promise<void> = Promise.resolve();
  readonly presence: Presence;

  constructor(ttlMs: number) {
    this.presence = new Presence({
      registry: {
        announce: (worker) => this.#hear(`announced ${worker.state}`),
        withdraw: (id) => this.#hear(`withdrew ${id}`),
        list: async () => [],
      },
      about: ABOUT,
      ttlMs,
      condition: () => ({ trials: [], state: "serving", reason: null }),
      announced: () => undefined,
      failed: (error) => this.failed.push(error),
    });
  }

  async #hear(what: string): Promise<void> {
    await this.waits;
    if (this.isAway) throw new Error("away");
    this.told.push(what);
  }
}

test.each([
  ["three times while it would be remembered", 900, 300],
  ["every five seconds, however long it would be", 60_000, 5000],
])("is announced %s", async (_often, ttlMs, everyMs) => {
  const { presence, told } = new Registry(ttlMs);
  await presence.begin();
  await vi.advanceTimersByTimeAsync(3 * everyMs);
  expect(told).toHaveLength(4);
  await presence.end();
});

test("what failed is announced again within a second, as a worker that is not heard of is taken for dead", async () => {
  const registry = new Registry(60_000);
  await registry.presence.begin();
  registry.isAway = true;
  registry.presence.changed();
  await vi.advanceTimersByTimeAsync(0);
  expect(registry.failed).toHaveLength(1);
  registry.isAway = false;
  await vi.advanceTimersByTimeAsync(1000);
  expect(registry.told).toEqual(["announced serving", "announced serving"]);
  await registry.presence.end();
});

test("what changes within a second is announced together", async () => {
  const { presence, told } = new Registry(60_000);
  await presence.begin();
  for (let change = 0; change < 5; change++) presence.soon();
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toHaveLength(2);
  presence.soon();
  presence.changed(); // which says it all
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).toHaveLength(3);
  await presence.end();
});

test("is withdrawn behind what is being announced, and not announced any more", async () => {
  const { opened, open } = gate();
  const registry = new Registry(60_000);
  await registry.presence.begin();
  registry.waits = opened;
  registry.presence.changed();
  registry.waits = Promise.resolve();
  registry.presence.soon();
  const ended = registry.presence.end();
  await vi.advanceTimersByTimeAsync(100);
  expect(registry.told).toEqual(["announced serving"]);
  open();
  await ended;
  registry.presence.soon();
  registry.presence.changed();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(registry.told).toEqual(["announced serving", "announced serving", "withdrew w"]);
});

test("a registry that does not answer keeps no worker from ending", async () => {
  const registry = new Registry(60_000);
  await registry.presence.begin();
  registry.waits = gate().opened;
  let hasEnded = false;
  registry.presence.end().then(() => {
    hasEnded = true;
  });
  await vi.advanceTimersByTimeAsync(2000);
  expect(hasEnded).toBe(true);
});

import { expect, test } from "vitest";
import type { RedisStore } from "../../../src/store/redis/redis-store.ts";
import type { Report } from "../../../src/trial/report.ts";
import type { Trial } from "../../../src/trial/trial.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import {
  type Attempt,
  claim,
  complete,
  HOLDER,
  LOST,
  STUDY,
  serverFor,
  start,
  storeAt,
  studyAt,
} from "./deployment.ts";

const reportAt = (step: number): Report => ({ step, value: step / 7 });

/** Looks at the study again and again, as a driver does. */
class Follower {
  readonly #store: RedisStore;
  #since = 0;

  constructor(store: RedisStore) {
    this.#store = store;
  }

  /** What changed since the last look. */
  async look(): Promise<readonly Trial[]> {
    const { study, trials } = await this.#store.snapshot(STUDY, this.#since);
    this.#since = study.sequence;
    return trials;
  }
}

/** Whether a follower's look shows trials as a store does that has never seen any. */
async function expectSame(follower: Follower, url: string): Promise<void> {
  const fresh = await storeAt(url);
  const seen = await follower.look();
  expect(seen).not.toEqual([]);
  for (const trial of seen) expect(trial).toEqual(await fresh.findTrial(STUDY, trial.number));
}

describeRedis("a look at a running trial", () => {
  test.each([1, 250])("that reports every %i steps costs the same, whatever it reported before", async (distance) => {
    const server = await serverFor();
    const store = await studyAt(server.url);
    const writer = await storeAt(server.url);
    const { number, fence } = await start(writer, 0);
    const follower = new Follower(store);
    const sent = async (): Promise<number> =>
      Number(/total_net_output_bytes:(\d+)/.exec(await store.client.info("stats"))?.[1]);
    let step = 0;
    const bytes: number[] = [];
    for (const until of [200, 4000]) {
      const some = Array.from({ length: until - 2 - step / distance }, (_, at) => reportAt(step + at * distance));
      step = (until - 2) * distance;
      await writer.report(STUDY, number, fence, some);
      await follower.look();
      await writer.report(STUDY, number, fence, [reportAt(step)]);
      await writer.report(STUDY, number, fence, [reportAt(step + distance)]);
      step += 2 * distance;
      const before = await sent();
      const [trial] = await follower.look();
      bytes.push((await sent()) - before);
      expect(trial?.reports).toHaveLength(until);
    }
    // What `info` itself says differs by a few digits.
    expect(Math.abs((bytes[1] ?? 0) - (bytes[0] ?? 0))).toBeLessThan(100);
  });

  test("shows all its reports, in whatever order and at whatever steps they came", async () => {
    const server = await serverFor();
    const follower = new Follower(await studyAt(server.url));
    const writer = await storeAt(server.url);
    const { number, fence } = await start(writer, 0);
    const many = Array.from({ length: 100 }, (_, at) => reportAt(3 * at));
    const changes: readonly (readonly Report[])[] = [
      many,
      [reportAt(300)],
      [reportAt(301)],
      [reportAt(4), reportAt(302)],
      [reportAt(303), reportAt(305)],
      [reportAt(1_000_000_000_000)],
      [{ step: 1_000_000_000_001, value: Number.NaN }],
    ];
    for (const reports of changes) {
      await writer.report(STUDY, number, fence, reports);
      await expectSame(follower, server.url);
      await writer.renew(STUDY, number, fence, 60_000 + reports.length);
      await expectSame(follower, server.url);
    }
    await writer.commit(STUDY, number, fence, complete(1));
    await expectSame(follower, server.url);
  });

  test("shows none that a new attempt or a checkpoint dropped, however many came again since", async () => {
    const server = await serverFor();
    const follower = new Follower(await studyAt(server.url));
    const writer = await storeAt(server.url);
    const first = await start(writer, 0);
    const tell = async ({ number, fence }: Attempt, add: number, from = 0): Promise<void> => {
      const reports = Array.from({ length: 100 - from }, (_, at) => ({ step: from + at, value: at + add }));
      await writer.report(STUDY, number, fence, reports);
    };
    await tell(first, 0.5);
    await writer.checkpoint(STUDY, first.number, first.fence, 50);
    await expectSame(follower, server.url);
    await writer.commit(STUDY, first.number, first.fence, LOST);
    const second = await claim(writer, first.number, 60_000, { ...HOLDER, host: "b" });
    await tell(second, 0.25, 51);
    await expectSame(follower, server.url);
    // It took up nothing of what it found, so it begins anew.
    await writer.checkpoint(STUDY, second.number, second.fence, 10);
    await tell(second, 0.125, 11);
    await writer.checkpoint(STUDY, second.number, second.fence, 50);
    await expectSame(follower, server.url);
    await writer.commit(STUDY, second.number, second.fence, LOST);
    await expectSame(follower, server.url);
  });

  test("shows those of another study that took the name", async () => {
    const server = await serverFor();
    const store = await studyAt(server.url);
    const follower = new Follower(store);
    const writer = await storeAt(server.url);
    const { number, fence } = await start(writer, 0);
    const many = Array.from({ length: 100 }, (_, at) => reportAt(at));
    await writer.report(STUDY, number, fence, many);
    await follower.look();
    await writer.renameStudy(STUDY, "old");
    const record = await writer.findStudy("old");
    if (record === null) throw new Error("no study");
    await writer.createStudy({ ...record, name: STUDY }, record.settings);
    const other = await start(writer, 0);
    await writer.report(
      STUDY,
      other.number,
      other.fence,
      many.map(({ step }) => ({ step, value: -step })),
    );
    const { trials } = await store.snapshot(STUDY, 1);
    expect(trials[0]?.reports[99]).toEqual({ step: 99, value: -99 });
  });
});

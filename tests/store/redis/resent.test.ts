import { expect, test, vi } from "vitest";
import type { RedisStore } from "../../../src/store/redis/redis-store.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import { rejectionOf } from "../../thrown-by.ts";
import { SETTINGS, specOf } from "../fixtures.ts";
import {
  claim,
  complete,
  HOLDER,
  reservation,
  reserve,
  STUDY,
  serverFor,
  start,
  storeAt,
  studyAt,
  until,
  WORKER,
} from "./deployment.ts";

/** Shorter than the server is held up for, by far. */
const SHORT = { commandTimeoutMs: 800 };

/** A study with a finished trial 0, so that the server knows the scripts: one that it does not know only asks for it. */
async function usedStudyAt(url: string): Promise<RedisStore> {
  const store = await studyAt(url, SHORT);
  const { fence, number } = await start(store, 9);
  await store.report(STUDY, number, fence, [{ step: 0, value: 9 }]);
  await store.commit(STUDY, number, fence, complete(9));
  return store;
}

describeRedis("a call that got no answer", () => {
  test("a reservation made again gives the trial that the first one made", async () => {
    const server = await serverFor();
    const store = await usedStudyAt(server.url);
    const other = await storeAt(server.url);
    await server.kill("SIGSTOP");
    // It is sent, and happens when the server goes on: nobody hears of it.
    expect(await rejectionOf(() => store.reserve(STUDY, reservation(1)))).toMatchObject({ code: "STORE_UNAVAILABLE" });
    server.cont();
    await until(async () => (await other.findStudy(STUDY))?.nextNumber === 2);
    expect(await store.reserve(STUDY, reservation(1))).toMatchObject({ kind: "reserved", trial: { number: 1 } });
    expect((await store.findStudy(STUDY))?.nextNumber).toBe(2);
    // Another one that looks the same is another one; a sampler's would be a conflict.
    expect(await store.reserve(STUDY, reservation(1))).toEqual({ kind: "conflict" });
    expect(await reserve(store, 1, { origin: "enqueued" })).toBe(2);
  });

  test("reservations made again give the trials that they made the first time, and make no more", async () => {
    const server = await serverFor();
    const store = await usedStudyAt(server.url);
    const other = await storeAt(server.url);
    await other.configure(STUDY, { maxTrials: 3 });
    const wanted = [1, 2, 3].map((number) => reservation(number));
    await server.kill("SIGSTOP");
    expect(await rejectionOf(async () => store.reserveAll?.(STUDY, wanted))).toMatchObject({
      code: "STORE_UNAVAILABLE",
    });
    server.cont();
    await until(async () => (await other.findStudy(STUDY))?.nextNumber === 3);
    await other.configure(STUDY, { maxTrials: 10 });
    const made = await store.reserveAll?.(STUDY, wanted);
    expect(made).toMatchObject([1, 2].map((number) => ({ kind: "reserved", trial: { number } })));
    expect((await store.findStudy(STUDY))?.nextNumber).toBe(3);
    expect(await store.reserveAll?.(STUDY, [reservation(3)])).toMatchObject([
      { kind: "reserved", trial: { number: 3 } },
    ]);
  });

  test("a claim made again gives the same attempt, and nobody else gets it", async () => {
    const server = await serverFor();
    const store = await usedStudyAt(server.url);
    const other = await storeAt(server.url);
    await reserve(store, 1);
    await server.kill("SIGSTOP");
    const wanted = { holder: HOLDER, leaseMs: 60_000, version: null };
    expect(await rejectionOf(() => store.claim(STUDY, 1, wanted))).toMatchObject({ code: "STORE_UNAVAILABLE" });
    server.cont();
    await until(async () => (await other.findTrial(STUDY, 1)).state === "running");
    expect(await other.claim(STUDY, 1, wanted)).toEqual({ kind: "refused", state: "running" });
    const attempt = await claim(store, 1);
    expect(attempt.trial.attempt).toBe(1);
    expect(await store.renew(STUDY, 1, attempt.fence, 60_000)).toBe("continue");
    expect(await store.claim(STUDY, 1, wanted)).toEqual({ kind: "refused", state: "running" });
  });

  test("a commit and a report made again count once", async () => {
    const server = await serverFor();
    const store = await usedStudyAt(server.url);
    const other = await storeAt(server.url);
    const { fence, number } = await start(store, 1);
    await server.kill("SIGSTOP");
    const report = rejectionOf(() => store.report(STUDY, number, fence, [{ step: 0, value: 1 }]));
    await Promise.all([report, rejectionOf(() => store.commit(STUDY, number, fence, complete(1)))]);
    server.cont();
    await until(async () => (await other.findTrial(STUDY, 1)).state === "complete");
    expect(await store.report(STUDY, number, fence, [{ step: 0, value: 2 }])).toBe("stale");
    expect(await store.commit(STUDY, number, fence, complete(2))).toEqual({ kind: "ignored" });
    expect(await store.findTrial(STUDY, 1)).toMatchObject({ losses: [1], reports: [{ step: 0, value: 1 }] });
  });

  test("an import whose study somebody renamed before its failure was known leaves nothing", async () => {
    const server = await serverFor();
    const store = await usedStudyAt(server.url);
    const other = await storeAt(server.url);
    const archive = await store.exportStudy(STUDY);
    await store.importStudy(archive, "first"); // now the server knows the script
    const keys = await other.client.dbsize();
    const make = store.client.evalsha.bind(store.client);
    // The only script of an import makes the study.
    vi.spyOn(store.client, "evalsha").mockImplementationOnce(async (...given) => {
      await make(...given);
      await other.renameStudy("copy", "renamed");
      throw new Error("Connection is closed.");
    });
    const failure = await rejectionOf(() => store.importStudy(archive, "copy"));
    expect(failure).toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect((await other.listStudies()).map(({ name }) => name).sort()).toEqual(["first", STUDY]);
    expect(await other.client.dbsize()).toBe(keys);
  });

  test("a study that is made again, or whose known results are, is made once", async () => {
    const server = await serverFor();
    const store = await usedStudyAt(server.url);
    const other = await storeAt(server.url);
    const known = (x: number) => ({ assignment: { x }, reports: [], result: { kind: "failed" } }) as const;
    await store.importObservations(STUDY, [known(1)]);
    const create = () => store.createStudy(specOf("second"), SETTINGS);
    const take = () => store.importObservations(STUDY, [known(2), known(3)]);
    await server.kill("SIGSTOP");
    const lost = { code: "STORE_UNAVAILABLE" };
    expect(await Promise.all([rejectionOf(create), rejectionOf(take)])).toMatchObject([lost, lost]);
    server.cont();
    await until(async () => (await other.snapshot(STUDY, 0)).imported.length === 3);
    const made = await create();
    expect(await other.findStudy("second")).toEqual(made);
    expect(await rejectionOf(create)).toMatchObject({ code: "STUDY_EXISTS" });
    await take();
    const imported = async () => (await other.snapshot(STUDY, 0)).imported.map(({ assignment }) => assignment["x"]);
    expect(await imported()).toEqual([1, 2, 3]);
    await take(); // this one is another one
    expect(await imported()).toEqual([1, 2, 3, 2, 3]);
  });

  test("a study whose import failed is not there, also where it was made without an answer", async () => {
    const server = await serverFor();
    const archive = await (await usedStudyAt(server.url)).exportStudy(STUDY);
    let isLast = false;
    const store = await storeAt(server.url, {
      ...SHORT,
      // Of an import only the last step asks for the time.
      now: () => {
        if (isLast) process.kill(server.pid, "SIGSTOP");
        if (isLast) setTimeout(() => server.cont(), 1.5 * SHORT.commandTimeoutMs);
        return 0;
      },
    });
    isLast = true;
    const lost = await rejectionOf(() => store.importStudy(archive, "copy"));
    isLast = false;
    expect(lost).toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(await store.findStudy("copy")).toBeNull();
    expect((await store.importStudy(archive, "copy")).nextNumber).toBe(1);
  });
});

describeRedis("several processes", () => {
  test("clients of two connections race for numbers and trials, and each is had once", async () => {
    const server = await serverFor();
    const one = await studyAt(server.url);
    const two = await storeAt(server.url);
    await one.configure(STUDY, { maxTrials: 100 });
    const both = [one, two];
    const racing = both.flatMap((store, side) =>
      Array.from({ length: 80 }, (_, at) => store.reserve(STUDY, reservation(side * 100 + at))),
    );
    const kinds = (await Promise.all(racing)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "reserved")).toHaveLength(100);
    expect(kinds.filter((kind) => kind === "spent")).toHaveLength(60);
    const wanted = { holder: HOLDER, leaseMs: 60_000, version: null };
    const claims = both.flatMap((store) =>
      Array.from({ length: 100 }, (_, number) => store.claim(STUDY, number, wanted)),
    );
    const won = (await Promise.all(claims)).flatMap((claimed) =>
      claimed.kind === "claimed" ? [claimed.trial.number] : [],
    );
    expect(won.sort((left, right) => left - right)).toEqual(Array.from({ length: 100 }, (_, number) => number));
  });

  test("what two change in a record at once is all there", async () => {
    const server = await serverFor();
    const both = [await studyAt(server.url), await storeAt(server.url)];
    const notes = both.flatMap((store, side) =>
      Array.from({ length: 10 }, (_, at) => store.note(STUDY, { [`${side}-${at}`]: at })),
    );
    await Promise.all([...notes, both[0]?.configure(STUDY, { maxTrials: 7 })]);
    const study = await both[1]?.findStudy(STUDY);
    expect(Object.keys(study?.notes ?? {})).toHaveLength(20);
    expect(study?.settings.maxTrials).toBe(7);
  });

  test("a change is heard of, through one connection, and not after the end", async () => {
    const server = await serverFor();
    const [one, two] = [await studyAt(server.url), await storeAt(server.url)];
    let heard = 0;
    const ends = [await two.watch(STUDY, () => heard++), await two.watch(STUDY, () => heard++)];
    await reserve(one, 1);
    await until(async () => heard === 2);
    await ends[0]?.();
    await reserve(one, 2);
    await until(async () => heard === 3);
    await ends[1]?.();
    await claim(one, 0);
    const clients = (await one.client.client("LIST")) as string;
    expect(clients.trim().split("\n")).toHaveLength(3);
    await one.judge(STUDY, 0, "cancel");
    expect((await two.findTrial(STUDY, 0)).state).toBe("running");
    expect(heard).toBe(3);
  });

  test("workers are listed until they withdraw or say no more", async () => {
    const server = await serverFor();
    const [one, two] = [await storeAt(server.url), await storeAt(server.url)];
    const workers = [
      { ...WORKER, id: "w2", host: "b", pid: 1 },
      { ...WORKER, id: "w1", host: "a", pid: 2 },
      { ...WORKER, id: "w0", host: "a", pid: 1 },
    ];
    for (const worker of workers) await one.workers.announce(worker, 60_000);
    expect((await two.workers.list()).map(({ id }) => id)).toEqual(["w0", "w1", "w2"]);
    expect((await two.workers.list())[2]).toEqual({ ...workers[0], silentMs: expect.any(Number) });
    await one.workers.withdraw("w1");
    await one.workers.announce({ ...WORKER, id: "w0", host: "a", pid: 1 }, 1);
    await until(async () => (await two.workers.list()).length === 1);
  });

  test("what stands among the workers and is none is left out and named", async () => {
    const server = await serverFor();
    const store = await storeAt(server.url);
    const garbage = { w1: "no JSON", w2: '{"id":"w2"}', w3: `"${"[".repeat(100)}` };
    for (const [id, value] of Object.entries(garbage)) await store.client.set(`{parzen}:w:${id}`, value);
    await store.client.lpush("{parzen}:w:w4", "x");
    const late = JSON.stringify({ ...WORKER, id: "w5", startedAtMs: 1e300, ttlMs: 1 }); // of which no Date can be made
    await store.client.set("{parzen}:w:w5", late);
    for (const id of ["w1", "w2", "w3", "w4", "w5"]) await store.client.zadd("{parzen}:workers", Date.now(), id);
    await store.workers.announce({ ...WORKER, id: "w0" }, 60_000);
    const problems: string[] = [];
    const workers = await store.workers.list((problem) => problems.push(problem));
    expect(workers.map(({ id }) => id)).toEqual(["w0"]);
    expect(problems).toHaveLength(5);
    expect(problems.filter((problem) => /\{parzen\}:w:w[1235] holds/.test(problem))).toHaveLength(4);
  });
});

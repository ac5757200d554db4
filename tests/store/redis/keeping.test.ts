import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RemovedStudy } from "../../../src/store/redis/removals.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import { rejectionOf } from "../../thrown-by.ts";
import { addComplete, SETTINGS, specOf } from "../fixtures.ts";
import {
  claim,
  complete,
  reservation,
  reserve,
  STUDY,
  serverFor,
  start,
  storeAt,
  studyAt,
  untilAnswered,
  WORKER,
} from "./deployment.ts";
import { large } from "./large.ts";

describeRedis("an older state of the server", () => {
  test("results of attempts that it does not know of land nowhere", async () => {
    const server = await serverFor({ args: ["--dbfilename", "dump.rdb"] });
    const store = await studyAt(server.url);
    const queued = await reserve(store, 0);
    await store.client.save();
    await copyFile(join(server.folder, "dump.rdb"), join(server.folder, "old.rdb"));
    const [claimed, later] = [await claim(store, queued), await start(store, 1)];
    await server.kill();
    await copyFile(join(server.folder, "old.rdb"), join(server.folder, "dump.rdb"));
    await server.restart();
    expect((await untilAnswered(() => store.snapshot(STUDY, 0))).trials.map(({ state }) => state)).toEqual(["queued"]);
    // The numbers are given out anew, with other params, and the attempts have the same count.
    const again = [await claim(store, queued), await start(store, 2)];
    expect(again.map(({ trial }) => [trial.number, trial.attempt])).toEqual([
      [0, 1],
      [1, 1],
    ]);
    for (const { number, fence } of [claimed, later]) {
      expect(await store.commit(STUDY, number, fence, complete(7))).toEqual({ kind: "ignored" });
      expect(await store.report(STUDY, number, fence, [{ step: 0, value: 7 }])).toBe("stale");
      expect(await store.renew(STUDY, number, fence, 60_000)).toBe("stale");
    }
    for (const { number, fence } of again) {
      expect((await store.commit(STUDY, number, fence, complete(1))).kind).toBe("committed");
    }
    expect(await store.findTrial(STUDY, 1)).toMatchObject({ assignment: { x: 2 }, losses: [1] });
  });
});

describeRedis("a server whose memory is used up", () => {
  test("nothing is taken and nothing lost, and what waited goes on once there is room", async () => {
    const server = await serverFor();
    const store = await studyAt(server.url);
    const running = await start(store, 0);
    await reserve(store, 1);
    const before = await store.snapshot(STUDY, 0);
    await store.client.config("SET", "maxmemory", "1");
    const { number, fence } = running;
    const wanted = { holder: running.trial.holder, leaseMs: 60_000, version: null };
    const calls = [
      () => store.reserve(STUDY, reservation(2)),
      () => store.claim(STUDY, 1, wanted),
      () => store.report(STUDY, number, fence, [{ step: 0, value: 1 }]),
      () => store.renew(STUDY, number, fence, 60_000),
      () => store.checkpoint(STUDY, number, fence, 3),
      () => store.judge(STUDY, 0, "prune"),
      () => store.judge(STUDY, 1, "cancel"),
      () => store.commit(STUDY, number, fence, complete(1)),
      () => store.commit(STUDY, number, fence, { outcome: { kind: "lost" }, log: "" }),
      () => store.note(STUDY, { some: "note" }),
      () => store.setControl(STUDY, "paused", null),
      () => store.renameStudy(STUDY, "other"),
      () => store.artifacts.of("id", 0, 1).write("model", new Uint8Array(10)),
    ];
    for (const call of calls) expect(await rejectionOf(call)).toMatchObject({ code: "STORE_FULL" });
    const { nowMs: _, ...kept } = await store.snapshot(STUDY, 0);
    const { nowMs: __, ...was } = before;
    expect(kept).toEqual(was);
    await store.client.config("SET", "maxmemory", "0");
    expect((await store.commit(STUDY, number, fence, { ...complete(1), log: "log" })).kind).toBe("committed");
    expect(await store.findTrial(STUDY, number)).toMatchObject({ state: "complete", log: "log" });
  });

  test("a worker that lives is listed on, although nothing new can be said of it", async () => {
    const server = await serverFor();
    const { client, workers } = await studyAt(server.url);
    await workers.announce(WORKER, 20_000);
    await client.config("SET", "maxmemory", "1");
    expect(await rejectionOf(() => workers.announce(WORKER, 60_000))).toMatchObject({ code: "STORE_FULL" });
    expect(await client.pttl(`{parzen}:w:${WORKER.id}`)).toBeGreaterThan(20_000);
    expect(await workers.list()).toEqual([{ ...WORKER, silentMs: 0 }]);
  });

  test("a study can be deleted, which makes room", async () => {
    const server = await serverFor();
    const store = await studyAt(server.url);
    await addComplete(store, STUDY);
    await store.client.config("SET", "maxmemory", "1");
    await store.deleteStudy(STUDY);
    expect(await store.client.keys("{parzen}:*")).toEqual(["{parzen}:schema"]);
  });
});

describeRedis("removing", () => {
  test("a deleted study leaves no key behind, whatever it had", async () => {
    const server = await serverFor();
    const store = await studyAt(server.url);
    await large(store, 1000, 100);
    await start(store, 1e5);
    await reserve(store, 2e5);
    const result = { kind: "complete", losses: [1] } as const;
    await store.importObservations(STUDY, [{ assignment: { x: 1 }, reports: [], result }]);
    const { id } = (await store.findStudy(STUDY)) ?? { id: "" };
    await store.artifacts.of(id, 3, 1).write("model", new Uint8Array(1000));
    await store.artifacts.of(id, 9999, 1).write("stray", new Uint8Array(10));
    await store.importStudy(await store.exportStudy(STUDY).then(withoutStray), "copy");
    expect((await store.client.keys("*")).length).toBeGreaterThan(3000);
    await store.deleteStudy(STUDY);
    await store.deleteStudy("copy");
    await store.deleteStudy("large");
    expect(await store.client.keys("*")).toEqual(["{parzen}:schema"]);
    expect(await rejectionOf(() => store.deleteStudy(STUDY))).toMatchObject({ code: "STUDY_NOT_FOUND" });
  });

  test("what a killed process left of a removal or an import, the next one removes", async () => {
    const server = await serverFor();
    const store = await studyAt(server.url);
    await addComplete(store, STUDY);
    const { id } = (await store.findStudy(STUDY)) ?? { id: "" };
    // As they are when the process ends over it: out of sight, noted, with all keys.
    await store.client.hdel("{parzen}:studies", STUDY);
    await store.client.zadd("{parzen}:removed", 0, id);
    const now = Date.now();
    await store.client.hset("{parzen}:s:half:t:4", "s", "queued");
    await store.client.zadd("{parzen}:s:half:changes", 9, 4);
    await store.client.zadd("{parzen}:removed", now - 2 * 86_400_000, "half");
    await store.client.hset("{parzen}:s:writing:t:0", "s", "queued");
    await store.client.zadd("{parzen}:removed", now, "writing");
    const other = await storeAt(server.url);
    await other.createStudy(specOf("other"), SETTINGS);
    await other.deleteStudy("other");
    expect((await store.client.keys("*")).sort()).toEqual([
      "{parzen}:removed",
      "{parzen}:s:writing:t:0",
      "{parzen}:schema",
    ]);
  });
});

describeRedis("what a study has elsewhere", () => {
  test("goes before its record: a removal that ends there is finished by who knows of it, by the same name too", async () => {
    const store = await studyAt((await serverFor()).url);
    await addComplete(store, STUDY);
    await store.note(STUDY, { where: "there" });
    const { id } = (await store.findStudy(STUDY)) ?? { id: "" };
    const asked: RemovedStudy[] = [];
    const elsewhere = async (study: RemovedStudy): Promise<void> => {
      asked.push(study);
    };
    const ending = (): Promise<void> => Promise.reject(new Error("as of a process that ends"));
    await expect(store.deleteStudy(STUDY, ending)).rejects.toThrow("that ends");
    expect(await store.findStudy(STUDY)).toBeNull();
    await store.createStudy(specOf("other"), SETTINGS);
    await store.deleteStudy("other");
    expect(await store.client.zrange("{parzen}:removed", 0, "-1")).toEqual([id]);
    await store.deleteStudy(STUDY, elsewhere);
    expect(asked).toEqual([{ id, notes: { where: "there" } }]);
    expect(await store.client.keys("*")).toEqual(["{parzen}:schema"]);
    expect(await rejectionOf(() => store.deleteStudy(STUDY, elsewhere))).toMatchObject({ code: "STUDY_NOT_FOUND" });
  });
});

function withoutStray<T extends { readonly artifacts: { readonly [file: string]: string } }>(archive: T): T {
  const { "9999/stray": _, ...artifacts } = archive.artifacts;
  return { ...archive, artifacts };
}

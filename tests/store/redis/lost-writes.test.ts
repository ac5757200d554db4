import { expect, test, vi } from "vitest";
import type { StudyArchive } from "../../../src/store/study-record.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import type { RedisServer } from "../../redis/server.ts";
import { serverFor, storeAt, studyAt } from "./deployment.ts";
import { large } from "./large.ts";

/** A study of three trials and two results that were taken over, as an archive; nothing of it is left on the server. */
async function archiveAt(server: RedisServer): Promise<StudyArchive> {
  const store = await studyAt(server.url);
  await large(store, 3, 0);
  const known = { assignment: { x: 7 }, reports: [], result: { kind: "failed" } } as const;
  await store.importObservations("large", [known, known]);
  const archive = await store.exportStudy("large");
  await store.client.flushall();
  return archive;
}

/** Starts the server anew, without anything of what it had acknowledged. */
async function restartEmpty(server: RedisServer): Promise<void> {
  await server.kill();
  await server.restart();
}

describeRedis("a server that was killed and has lost what it had acknowledged", () => {
  test("in the middle of an import, which is whole all the same", async () => {
    const server = await serverFor();
    const archive = await archiveAt(server);
    const store = await storeAt(server.url);
    // The results that were taken over are written when the trials are.
    vi.spyOn(store.client, "rpush").mockImplementationOnce(async (key, ...values) => {
      await restartEmpty(server);
      return store.client.rpush(key, ...values);
    });
    await store.importStudy(archive, "copy");
    expect((await store.exportStudy("copy")).trials).toEqual(archive.trials);
    expect((await store.snapshot("copy", 0)).imported).toHaveLength(2);
    expect(await store.client.keys("{parzen}:removed")).toEqual([]);
  });

  test("before the last step of an import, which is whole all the same", async () => {
    const server = await serverFor();
    const archive = await archiveAt(server);
    let isLast = false;
    const restarts: Promise<void>[] = [];
    const now = () => {
      if (isLast) process.kill(server.pid, "SIGKILL"); // of an import only the last step asks for the time
      if (isLast) restarts.push(restartEmpty(server));
      isLast = false;
      return 0;
    };
    const store = await storeAt(server.url, { now });
    isLast = true;
    await store.importStudy(archive, "copy");
    await Promise.all(restarts);
    expect(restarts).toHaveLength(1);
    expect((await store.exportStudy("copy")).trials).toEqual(archive.trials);
  });

  test("in the middle of a deletion, after which nothing of the study is left", async () => {
    const server = await serverFor({ args: ["--dbfilename", "dump.rdb"] });
    const store = await studyAt(server.url);
    await large(store, 3, 0);
    await store.client.save();
    let calls = 0;
    await store.deleteStudy("large", async () => {
      if (calls++ === 0) await restartEmpty(server); // as it was before the deletion
    });
    expect(await store.findStudy("large")).toBeNull();
    await store.deleteStudy("study");
    expect(await store.client.keys("*")).toEqual(["{parzen}:schema"]);
  });
});

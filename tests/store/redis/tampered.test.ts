import { expect, test } from "vitest";
import type { RedisStore } from "../../../src/store/redis/redis-store.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import { rejectionOf } from "../../thrown-by.ts";
import { addComplete } from "../fixtures.ts";
import { HOLDER, reserve, STUDY, serverFor, start, studyAt } from "./deployment.ts";

const DEEP = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
const FINISHED = '[[{"x":1},null,"asked",0,null,null],{"losses":[1]},1,5,1,0,0,[],null,5,2,5,null,["h",1,"s",0]]';

/** What somebody with access to the server may write, to a finished trial 0, a running 1 or a queued 2; and where. */
const TAMPERED: readonly (readonly [what: string, key: string, field: string, value: string])[] = [
  ["no JSON", "t:0", "d", "process.exit()"],
  ["another shape", "t:0", "d", '{"assignment":{"x":1}}'],
  ["a part of it", "t:0", "d", '[[{"x":1},null,"asked",0,null,null],{"losses":[1]}]'],
  ["a key __proto__", "t:0", "d", FINISHED.replace('{"x":1}', '{"__proto__":{"polluted":1}}')],
  ["an escaped one", "t:0", "d", FINISHED.replace('{"x":1}', '{"\\u005f_proto__":{"polluted":1}}')],
  ["no losses", "t:0", "d", FINISHED.replace("[1]", "[]")],
  ["a text as a loss", "t:0", "d", FINISHED.replace("[1]", '["1"]')],
  ["too deep", "t:0", "d", FINISHED.replace("null,null]", `${DEEP},null]`)],
  ["too long", "t:0", "d", FINISHED.replace('"h"', `"${"x".repeat(17 * 1024 * 1024)}"`)],
  ["a param that is no number", "t:2", "p", '[{"x":"1"},null,"asked",0,null,null]'],
  ["a param that is not finite", "t:2", "p", '[{"x":"$Infinity"},null,"asked",0,null,null]'],
  ["an unknown origin", "t:2", "p", '[{"x":1},null,"elsewhere",0,null,null]'],
  ["an unknown state", "t:2", "s", "odd"],
  ["a state that does not fit", "t:2", "s", "complete"],
  ["a negative count", "t:2", "lo", "-1"],
  ["no number", "t:2", "a", "many"],
  ["an odd holder", "t:1", "ho", '["h",1,"s",-2]'],
  ["an unknown verdict", "t:1", "vd", "die"],
  ["a report that is no number", "r:0", "0", '"1"'],
  ["a report of no step", "r:0", "first", "1"],
  ["an odd spec", "", "spec", '{"name":"study"}'],
  ["an odd control", "", "control", "odd"],
  ["an odd setting", "", "settings", '{"maxTrials":"9","pruner":{"name":"none","options":{}}}'],
  ["no notes", "", "notes", "[]"],
  ["no sequence", "", "sequence", "x"],
];

async function filled(): Promise<{ readonly store: RedisStore; readonly study: string }> {
  const store = await studyAt((await serverFor()).url);
  await addComplete(store, STUDY);
  await start(store, 2);
  await reserve(store, 3);
  return { store, study: `{parzen}:s:${(await store.findStudy(STUDY))?.id}` };
}

describeRedis("what was tampered with", () => {
  test.each(TAMPERED)("%s is refused and its key named", async (_what, part, field, value) => {
    const { store, study } = await filled();
    const key = part === "" ? study : `${study}:${part}`;
    await store.client.hset(key, field, value);
    // A record that is known is only read again when it says that it is another.
    if (part === "") await store.client.hset(key, "rev", "another");
    const error = await rejectionOf(() => store.snapshot(STUDY, 0));
    expect(error).toMatchObject({ code: "STORE_CORRUPT", message: expect.stringContaining(key) });
    expect(String(error).length).toBeLessThan(500);
    expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
  });

  test("a log that is none, or inflates without end, is refused", async () => {
    const { store, study } = await filled();
    const { deflateRawSync } = await import("node:zlib");
    for (const log of ["x", deflateRawSync(Buffer.alloc(100_000_000)), deflateRawSync(Buffer.from("{}"))]) {
      await store.client.set(`${study}:l:0`, log);
      const error = await rejectionOf(() => store.findTrial(STUDY, 0));
      expect(error).toMatchObject({ code: "STORE_CORRUPT", message: expect.stringContaining(`${study}:l:0`) });
    }
  });

  test("a trial that is damaged fails the call about it, and none of the others of that turn", async () => {
    const { store, study } = await filled();
    await reserve(store, 4);
    await store.client.hset(`${study}:t:2`, "a", "many");
    const claims = [2, 3, 9].map((number) =>
      store.claim(STUDY, number, { holder: HOLDER, leaseMs: 60_000, version: null }),
    );
    const [damaged, whole, unknown] = await Promise.allSettled(claims);
    expect(damaged).toMatchObject({ status: "rejected", reason: { code: "STORE_CORRUPT" } });
    expect(whole).toMatchObject({ status: "fulfilled", value: { kind: "claimed", trial: { number: 3, attempt: 1 } } });
    expect(unknown).toMatchObject({ status: "rejected", reason: { code: "TRIAL_NOT_FOUND" } });
  });

  test("a key of another type is refused", async () => {
    const { store, study } = await filled();
    await store.client.unlink(`${study}:t:0`);
    await store.client.set(`${study}:t:0`, "text");
    for (const call of [() => store.snapshot(STUDY, 0), () => store.judge(STUDY, 0, "cancel")]) {
      expect(await rejectionOf(call)).toMatchObject({ code: "STORE_CORRUPT" });
    }
    await store.client.hdel(`${study}:t:1`, "vd");
    expect(await rejectionOf(() => store.judge(STUDY, 1, "cancel"))).toMatchObject({ code: "STORE_CORRUPT" });
  });

  test("what would not be read back is not written", async () => {
    const { store } = await filled();
    const proto = JSON.parse('{"__proto__":1}');
    const reserved = { expectedNumber: null, basis: 0, assignment: { x: 9 }, origin: "asked" } as const;
    const tries = [
      () => store.note(STUDY, proto),
      () => store.note(STUDY, { deep: JSON.parse(DEEP.slice(99_900, 100_100)) }),
      () => store.reserve(STUDY, { ...reserved, memo: [proto] }),
    ];
    for (const write of tries) expect(await rejectionOf(write)).toMatchObject({ code: "DATA_INVALID" });
    expect((await store.findStudy(STUDY))?.nextNumber).toBe(3);
    await store.note(STUDY, { text: "__proto__" });
    expect((await store.findStudy(STUDY))?.notes).toEqual({ text: "__proto__" });
  });
});

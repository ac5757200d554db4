import { type AddressInfo, createServer } from "node:net";
import { inspect } from "node:util";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { openStore } from "../../../src/store/open.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import { freePort } from "../../redis/server.ts";
import { rejectionOf } from "../../thrown-by.ts";
import { SETTINGS, specOf } from "../fixtures.ts";
import { HOLDER, reserve, STUDY, serverFor, start, storeAt, studyAt } from "./deployment.ts";

describeRedis("opening a store in Redis", () => {
  test("openStore takes the URL, and another process finds the study", async () => {
    const server = await serverFor({ aof: true });
    const store = await openStore(server.url);
    await store.createStudy(specOf(STUDY), SETTINGS);
    await store.close();
    expect(await rejectionOf(() => store.listStudies())).toMatchObject({ code: "STORE_UNAVAILABLE" });
    const other = await storeAt(server.url);
    expect((await other.listStudies()).map(({ name }) => name)).toEqual([STUDY]);
    expect(other).toMatchObject({ isDurable: true, location: server.url, prefix: "{parzen}" });
  });

  test("nobody listens: STORE_UNAVAILABLE in the time that was given", async () => {
    const url = `redis://me:secret@127.0.0.1:${await freePort()}`;
    const error = await rejectionOf(() => storeAt(url, { connectTimeoutMs: 300 }));
    expect(error).toMatchObject({ code: "STORE_UNAVAILABLE", message: expect.stringContaining("ECONNREFUSED") });
    expect(String(error)).toContain("me:***@");
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain("secret");
  });

  test("somebody listens and never answers: the same", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : 0;
    const error = await rejectionOf(() => storeAt(`redis://127.0.0.1:${port}`, { connectTimeoutMs: 300 }));
    expect(error).toMatchObject({ code: "STORE_UNAVAILABLE" });
    silent.close();
  });

  test("something that is no Redis server listens: that is said, in plain words", async () => {
    const web = createServer((socket) => socket.end("<!DOCTYPE html>")).listen(0, "127.0.0.1");
    await new Promise((resolve) => web.once("listening", resolve));
    const { port } = web.address() as AddressInfo; // of one that listens on a port
    const error = await rejectionOf(() => storeAt(`redis://127.0.0.1:${port}`, { connectTimeoutMs: 300 }));
    expect(error).toMatchObject({
      code: "STORE_UNAVAILABLE",
      message: expect.stringMatching(/is no Redis server, or/),
    });
    web.close();
  });

  test("over TLS to a server without: that no answer came over TLS", async () => {
    const { url } = await serverFor();
    const error = await rejectionOf(() => storeAt(url.replace("redis:", "rediss:"), { connectTimeoutMs: 500 }));
    expect(error).toMatchObject({ code: "STORE_UNAVAILABLE", message: expect.stringContaining("over TLS") });
  });

  test("who starts before the server waits for it", async () => {
    const server = await serverFor();
    await server.kill();
    const opening = storeAt(server.url, { connectTimeoutMs: 50_000 });
    await server.restart();
    expect(await (await opening).listStudies()).toEqual([]);
  });

  test("a wrong password is told at once, and not as something that passes", async () => {
    const server = await serverFor({ args: ["--requirepass", "right"] });
    for (const credentials of ["", ":secret@", "me:secret@"]) {
      const url = server.url.replace("redis://", `redis://${credentials}`);
      const error = await rejectionOf(() => storeAt(url, { connectTimeoutMs: 50_000 }));
      expect(error).toMatchObject({ code: "OPTION_INVALID", message: expect.stringContaining("password") });
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain("secret");
    }
    await storeAt(server.url.replace("redis://", "redis://:right@"));
  });

  test("a database that the server has not is told, and never another one taken", async () => {
    const server = await serverFor({ args: ["--databases", "2"] });
    const error = await rejectionOf(() => storeAt(`${server.url}/2`, { connectTimeoutMs: 50_000 }));
    expect(error).toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringContaining("no database of that number"),
    });
    await storeAt(`${server.url}/1`);
  });

  test("a policy that throws keys away is refused", async () => {
    const server = await serverFor({ args: ["--maxmemory-policy", "allkeys-lru"] });
    const error = await rejectionOf(() => storeAt(server.url));
    expect(error).toMatchObject({ code: "OPTION_INVALID", message: expect.stringContaining("allkeys-lru") });
    expect(error).toMatchObject({ hint: expect.stringContaining("maxmemory-policy noeviction") });
  });

  test("a server that keeps nothing on disk is warned of once, another not", async () => {
    const said: string[] = [];
    const warn = (message: string): number => said.push(message);
    await storeAt((await serverFor({ aof: true })).url, { warn });
    expect(said).toEqual([]);
    await storeAt((await serverFor()).url, { warn });
    expect(said).toEqual([expect.stringContaining("appendonly yes")]);
  });

  test("the process is warned once, however often the store is opened", async () => {
    const { url } = await serverFor();
    const said: string[] = [];
    const hear = ({ message }: Error): number => said.push(message);
    process.on("warning", hear);
    for (let opened = 0; opened < 3; opened++) await (await openStore(url)).close();
    await new Promise(setImmediate);
    process.off("warning", hear);
    expect(said.filter((message) => message.includes(url))).toHaveLength(1);
  });

  test("a newer or broken schema is refused by its number", async () => {
    const server = await serverFor();
    await studyAt(server.url);
    const client = new Redis(server.url);
    expect(await client.get("{parzen}:schema")).toBe("1");
    await client.set("{parzen}:schema", "10");
    expect(await rejectionOf(() => storeAt(server.url))).toMatchObject({
      code: "STORE_NEWER",
      message: expect.stringContaining("10"),
    });
    await client.set("{parzen}:schema", "x");
    expect(await rejectionOf(() => storeAt(server.url))).toMatchObject({ code: "STORE_CORRUPT" });
    client.disconnect();
  });

  test("a study of a version that kept no limit for trials there is claimed without one", async () => {
    const store = await studyAt((await serverFor()).url);
    const id = (await store.findStudy(STUDY))?.id;
    await store.client.hdel(`{parzen}:s:${id}`, "trialTimeout");
    const number = await reserve(store, 1);
    const claimed = await store.claim(STUDY, number, { holder: HOLDER, leaseMs: 60_000, version: null });
    expect(claimed).toMatchObject({ kind: "claimed", trial: { number } });
    expect(claimed).not.toHaveProperty("trialTimeoutMs");
  });

  test("a user who may use its prefix and INFO can do everything, and nothing with another's keys", async () => {
    const server = await serverFor();
    const admin = new Redis(server.url);
    const rules = [
      "on",
      ">secret",
      "resetchannels",
      "~{team}:*",
      "&{team}:*",
      "+@all",
      "-@dangerous",
      "-@admin",
      "+info",
    ];
    await admin.call("ACL", "SETUSER", "worker", ...rules);
    const url = server.url.replace("redis://", "redis://worker:secret@");
    const store = await studyAt(`${url}?prefix=team`);
    const { fence, number } = await start(store, 1);
    await store.commit(STUDY, number, fence, { outcome: { kind: "complete", losses: [1] }, log: "log" });
    await (await store.watch(STUDY, () => {}))();
    await store.deleteStudy(STUDY);
    const error = await rejectionOf(() => storeAt(`${url}?prefix=other`));
    expect(error).toMatchObject({ code: "OPTION_INVALID", message: expect.stringContaining("may not") });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain("secret");
    admin.disconnect();
  });

  test("a user who may only look sees everything and changes nothing", async () => {
    const server = await serverFor();
    const owner = await studyAt(server.url);
    await reserve(owner, 1);
    const admin = new Redis(server.url);
    const rules = [
      "on",
      ">look",
      "%R~{parzen}:*",
      "+@read",
      "+@connection",
      "+info",
      "+time",
      "+eval_ro",
      "+evalsha_ro",
    ];
    await admin.call("ACL", "SETUSER", "viewer", ...rules);
    const viewer = await storeAt(server.url.replace("redis://", "redis://viewer:look@"));
    expect((await viewer.snapshot(STUDY, 0)).trials).toHaveLength(1);
    expect((await viewer.findTrial(STUDY, 0)).state).toBe("queued");
    expect(await viewer.workers.list()).toEqual([]);
    for (const change of [() => reserve(viewer, 2), () => viewer.judge(STUDY, 0, "cancel")]) {
      expect(await rejectionOf(change)).toMatchObject({ code: "OPTION_INVALID" });
    }
    expect((await owner.findStudy(STUDY))?.sequence).toBe(1);
    admin.disconnect();
  });

  test("prefixes and databases are stores of their own", async () => {
    const server = await serverFor();
    const stores = [`${server.url}/1`, `${server.url}/2`, `${server.url}/1?prefix=other`];
    for (const url of stores) await studyAt(url);
    const [first = ""] = stores;
    await (await storeAt(first)).deleteStudy(STUDY);
    const left = await Promise.all(stores.map(async (url) => (await (await storeAt(url)).listStudies()).length));
    expect(left).toEqual([0, 1, 1]);
  });
});

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";
import { storeFailure } from "../../../src/store/redis/server/failure.ts";
import type { Store } from "../../../src/store/store.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import { Network } from "../../redis/network.ts";
import { freePort } from "../../redis/server.ts";
import { rejectionOf } from "../../thrown-by.ts";
import { addComplete, temporaryFolder } from "../fixtures.ts";
import { complete, LOST, STUDY, serverFor, start, storeAt, studyAt, until, untilAnswered } from "./deployment.ts";

/** Every script and the keys they make up, at least once. */
async function goThrough(store: Store): Promise<void> {
  await addComplete(store, STUDY);
  const { number, fence, trial } = await start(store, 2);
  await store.checkpoint(STUDY, number, fence, 1);
  await store.renew(STUDY, number, fence, 1000);
  await store.commit(STUDY, number, fence, LOST);
  await store.judge(STUDY, number, "cancel");
  await store.lead(STUDY, trial.holder, { leaseMs: 1000, slots: 1 });
  await store.resign(STUDY, trial.holder);
  await store.note(STUDY, { some: "note" });
  await store.setControl(STUDY, "paused", "a while");
  const { id } = (await store.findStudy(STUDY)) ?? { id: "" };
  await store.artifacts.of(id, 0, 1).write("model", new Uint8Array([1]));
  await store.importStudy(await store.exportStudy(STUDY), "copy");
  await store.renameStudy("copy", "other");
  expect((await store.snapshot("other", 0)).trials).toEqual((await store.snapshot(STUDY, 0)).trials);
  await store.deleteStudy("other");
}

/** A connection that nobody reads errors from. */
function admin(port: number): Redis {
  const client = new Redis(port, { retryStrategy: () => 50 });
  client.on("error", () => {});
  return client;
}

describeRedis("a Cluster", () => {
  test("all keys of a deployment are in one slot", async () => {
    const server = await serverFor({ args: ["--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1"] });
    const client = admin(server.port);
    await client.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
    await until(async () => String(await client.call("CLUSTER", "INFO")).includes("cluster_state:ok"));
    const store = await studyAt(`redis+cluster://127.0.0.1:${server.port}?prefix=team`);
    await goThrough(store);
    let heard = 0;
    const end = await store.watch(STUDY, () => heard++);
    await store.configure(STUDY, { maxTrials: 9 });
    await until(async () => heard > 0);
    await end();
    const slots = await Promise.all((await client.keys("*")).map((key) => client.call("CLUSTER", "KEYSLOT", key)));
    expect(slots.length).toBeGreaterThan(5);
    expect(new Set(slots).size).toBe(1);
    client.disconnect();
  });

  test("a node that is away and comes back, while another stays, is waited for, and begins an epoch", async () => {
    const args = ["--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1"];
    const quick = ["--cluster-node-timeout", "500", "--cluster-require-full-coverage", "no"];
    const [mine, other] = [
      await serverFor({ aof: true, args: [...args, ...quick] }),
      await serverFor({ aof: true, args: [...args, ...quick] }),
    ];
    const [client, neighbour] = [admin(mine.port), admin(other.port)];
    // The keys of the deployment are in slot 15631.
    await client.call("CLUSTER", "ADDSLOTSRANGE", "8192", "16383");
    await neighbour.call("CLUSTER", "ADDSLOTSRANGE", "0", "8191");
    await client.call("CLUSTER", "MEET", "127.0.0.1", String(other.port));
    for (const node of [client, neighbour]) {
      await until(async () => String(await node.call("CLUSTER", "SLOTS")).split("127.0.0.1").length === 3);
      await until(async () => String(await node.call("CLUSTER", "INFO")).includes("cluster_state:ok"));
    }
    const store = await studyAt(`redis+cluster://127.0.0.1:${other.port}?prefix=team`, { commandTimeoutMs: 500 });
    const { epoch } = await store.snapshot(STUDY, 0);
    await mine.kill();
    expect(await rejectionOf(() => store.snapshot(STUDY, 0))).toMatchObject({ code: "STORE_UNAVAILABLE" });
    await mine.restart();
    expect((await untilAnswered(() => store.snapshot(STUDY, 0))).epoch).not.toBe(epoch);
    client.disconnect();
    neighbour.disconnect();
  });

  test.each([
    "Too many Cluster redirections. Last error: ReplyError: MOVED 15631 127.0.0.1:7000",
    "Cluster is ended.",
    "Cluster is disconnected.",
    "No subscriber for the cluster",
  ])("what the client says while nodes come and go passes: %s", (message) => {
    expect(storeFailure(new Error(message), "redis+cluster://host")).toMatchObject({ code: "STORE_UNAVAILABLE" });
  });

  test("nodes that nobody can reach are STORE_UNAVAILABLE", async () => {
    const url = `redis+cluster://me:secret@127.0.0.1:${await freePort()}`;
    const error = await rejectionOf(() => storeAt(url, { connectTimeoutMs: 300 }));
    expect(error).toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(String(error)).not.toContain("secret");
  });
});

describeRedis("Sentinels", () => {
  test("the master is found, and another one after it died", async () => {
    const master = await serverFor({ args: ["--repl-diskless-sync-delay", "0"] });
    const replica = await serverFor({ args: ["--replicaof", "127.0.0.1", String(master.port)] });
    const folder = await temporaryFolder();
    const config = join(folder, "sentinel.conf");
    const lines = [
      `sentinel monitor main 127.0.0.1 ${master.port} 1`,
      "sentinel down-after-milliseconds main 300",
      "sentinel failover-timeout main 3000",
    ];
    writeFileSync(config, `${lines.join("\n")}\n`);
    const sentinel = await serverFor({ config, args: ["--sentinel"] });
    const watcher = admin(sentinel.port);
    const replicas = async (): Promise<readonly unknown[]> =>
      (await watcher.call("SENTINEL", "REPLICAS", "main")) as readonly unknown[];
    await until(async () => JSON.stringify(await replicas()).includes(`"${replica.port}"`));
    const store = await studyAt(`redis+sentinel://127.0.0.1:${sentinel.port}/main/1`, { commandTimeoutMs: 1000 });
    await goThrough(store);
    const { number, fence } = await start(store, 5);
    await until(async () => (await store.client.call("WAIT", "1", "500")) === 1);
    await master.kill();
    const committed = await untilAnswered(() => store.commit(STUDY, number, fence, complete(5)));
    expect(committed.kind).toBe("committed");
    expect((await (await storeAt(replica.url.concat("/1"))).findTrial(STUDY, number)).state).toBe("complete");
    watcher.disconnect();
  });

  test("one that says nothing is passed over within the time of the first connection", async () => {
    const master = await serverFor();
    const config = join(await temporaryFolder(), "sentinel.conf");
    writeFileSync(config, `sentinel monitor main 127.0.0.1 ${master.port} 1\n`);
    const sentinel = await serverFor({ config, args: ["--sentinel"] });
    const network = await Network.to(sentinel.port);
    network.silenceFrom(/./);
    const url = `redis+sentinel://127.0.0.1:${network.port},127.0.0.1:${sentinel.port}/main`;
    await goThrough(await studyAt(url, { connectTimeoutMs: 3000 }));
  });

  test("a Sentinel taken for a store is told from one", async () => {
    const folder = await temporaryFolder();
    const config = join(folder, "sentinel.conf");
    writeFileSync(config, "");
    const sentinel = await serverFor({ config, args: ["--sentinel"] });
    const error = await rejectionOf(() => storeAt(sentinel.url));
    expect(error).toMatchObject({ code: "OPTION_INVALID", hint: expect.stringContaining("redis+sentinel://") });
  });
});

describeRedis("a replica", () => {
  test("is read, and says what it is to who would write", async () => {
    const primary = await serverFor({ args: ["--repl-diskless-sync-delay", "0"] });
    await (await studyAt(primary.url)).setControl(STUDY, "paused", "a while");
    const replica = await serverFor({ args: ["--replicaof", "127.0.0.1", String(primary.port)] });
    const store = await storeAt(replica.url);
    await until(async () => (await store.listStudies()).length === 1);
    expect(await store.findStudy(STUDY)).toMatchObject({ control: "paused" });
    expect(await rejectionOf(() => store.setControl(STUDY, "running", null))).toMatchObject({
      code: "STORE_UNAVAILABLE",
      message: `the store ${replica.url} is a replica, which takes no writes`,
      hint: expect.stringMatching(/primary.*redis\+sentinel:/),
    });
  });
});

/** A server that speaks TLS, with the folder of its certificate, which is its own authority: `cert.pem`. */
async function securedServer(): Promise<{ readonly tlsPort: number; readonly at: (name: string) => string }> {
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder, name);
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", at("key.pem"), "-out", at("cert.pem"), "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...key, ...subject], { stdio: "ignore" });
  const tlsPort = await freePort();
  const files = ["--tls-cert-file", at("cert.pem"), "--tls-key-file", at("key.pem"), "--tls-auth-clients", "no"];
  await serverFor({ args: ["--tls-port", String(tlsPort), ...files, "--tls-ca-cert-file", at("cert.pem")] });
  return { tlsPort, at };
}

describeRedis("TLS", () => {
  test("a handshake that nobody waits for any more ends nothing else", async () => {
    const { tlsPort } = await securedServer();
    const escaped: unknown[] = [];
    const take = (error: unknown): number => escaped.push(error);
    process.on("uncaughtException", take);
    onTestFinished(() => void process.off("uncaughtException", take));
    // It comes to two errors in about one of ten, if the client is left to it.
    for (let time = 0; time < 40; time++) {
      await rejectionOf(() => storeAt(`rediss://localhost:${tlsPort}`, { connectTimeoutMs: 1 }));
      await sleep(20);
    }
    expect(escaped).toEqual([]);
  });

  test("rediss:// with the authority to trust; without it nothing is sent", async () => {
    const { tlsPort, at } = await securedServer();
    const url = `rediss://localhost:${tlsPort}`;
    await goThrough(await studyAt(`${url}?ca=${encodeURIComponent(at("cert.pem"))}`));
    const untrusted = await rejectionOf(() => storeAt(url, { connectTimeoutMs: 500 }));
    expect(untrusted).toMatchObject({ code: "STORE_UNAVAILABLE", message: expect.stringContaining("certificate") });
    expect(untrusted).toMatchObject({ hint: expect.stringContaining("?ca=<file>") });
    const plain = await rejectionOf(() => storeAt(`redis://localhost:${tlsPort}`, { connectTimeoutMs: 500 }));
    expect(plain).toMatchObject({ code: "STORE_UNAVAILABLE", hint: expect.stringContaining("rediss:// for a server") });
    const missing = await rejectionOf(() => storeAt(`${url}?ca=${encodeURIComponent(at("none.pem"))}`));
    expect(missing).toMatchObject({ code: "OPTION_INVALID", message: expect.stringContaining("none.pem") });
  });
});

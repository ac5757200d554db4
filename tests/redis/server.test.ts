import { Redis } from "ioredis";
import { afterEach, expect, test } from "vitest";
import { describeRedis } from "./describe-redis.ts";
import { type RedisServer, startRedis } from "./server.ts";

describeRedis("a server for tests", () => {
  const running: RedisServer[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop();
  });

  test("with an append-only file it comes back with what was written", async () => {
    const server = await startRedis({ aof: true, args: ["--appendfsync", "always"] });
    running.push(server);
    const client = new Redis(server.url, { retryStrategy: () => 20 });
    client.on("error", () => {});
    await client.set("key", "value");
    const { pid } = server;
    await server.kill();
    await server.restart();
    expect(server.pid).not.toBe(pid);
    expect(await client.get("key")).toBe("value");
    client.disconnect();
  });

  test("it stands still from SIGSTOP until it is let go on", async () => {
    const server = await startRedis();
    running.push(server);
    const client = new Redis(server.url);
    await client.ping();
    await server.kill("SIGSTOP");
    const answered = client.ping();
    server.cont();
    expect(await answered).toBe("PONG");
    client.disconnect();
  });
});

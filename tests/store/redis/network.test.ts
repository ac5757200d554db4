import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { describeRedis } from "../../redis/describe-redis.ts";
import { Network } from "../../redis/network.ts";
import { rejectionOf } from "../../thrown-by.ts";
import { reserve, STUDY, serverFor, storeAt, studyAt, until, untilAnswered } from "./deployment.ts";

const SHORT = { commandTimeoutMs: 600 };

describeRedis("a connection on which nothing arrives any more", () => {
  test("where it is to subscribe again, ends no program, and the next one listens", async () => {
    const server = await serverFor();
    const network = await Network.to(server.port);
    const other = await studyAt(server.url);
    const store = await storeAt(network.url, SHORT);
    const escaped: unknown[] = [];
    const take = (error: unknown): number => escaped.push(error);
    process.on("unhandledRejection", take);
    onTestFinished(() => void process.off("unhandledRejection", take));
    let heard = 0;
    await store.watch(STUDY, () => heard++);
    network.silenceFrom(/subscribe/);
    network.cut();
    await sleep(3 * SHORT.commandTimeoutMs);
    network.heal();
    network.cut();
    await until(async () => heard > 0);
    const before = heard;
    await reserve(other, 1);
    await until(async () => heard > before);
    expect(escaped).toEqual([]);
  });

  test("is given up for a new one", async () => {
    const network = await Network.to((await serverFor()).port);
    const store = await studyAt(network.url, SHORT);
    network.silence();
    expect(await rejectionOf(() => store.findStudy(STUDY))).toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect((await untilAnswered(() => store.findStudy(STUDY)))?.name).toBe(STUDY);
  });
});

describeRedis("a store that had been let in", () => {
  test("takes what is no answer for an outage", async () => {
    const network = await Network.to((await serverFor()).port);
    const store = await studyAt(network.url, SHORT);
    network.silenceFrom(/./);
    const failing = rejectionOf(() => store.findStudy(STUDY));
    setImmediate(() => network.say("HTTP/1.1 503 Service Unavailable\r\n\r\n"));
    expect(await failing).toMatchObject({
      code: "STORE_UNAVAILABLE",
      message: expect.stringMatching(/no Redis server/),
    });
    network.heal();
    expect((await untilAnswered(() => store.findStudy(STUDY)))?.name).toBe(STUDY);
  });

  test("is away while its password is another one", async () => {
    const server = await serverFor();
    const network = await Network.to(server.port);
    const store = await studyAt(network.url);
    const { client: admin } = await storeAt(server.url);
    await admin.call("CONFIG", "SET", "requirepass", "another");
    network.cut();
    await until(async () => store.client.status !== "ready"); // what is called before is sent again, and waits
    expect(await rejectionOf(() => store.findStudy(STUDY))).toMatchObject({
      code: "STORE_UNAVAILABLE",
      message: expect.stringMatching(/the user or password is wrong or missing/),
    });
    expect(await rejectionOf(() => storeAt(server.url))).toMatchObject({ code: "OPTION_INVALID" });
    await admin.call("CONFIG", "SET", "requirepass", "");
    expect((await untilAnswered(() => store.findStudy(STUDY)))?.name).toBe(STUDY);
  });
});

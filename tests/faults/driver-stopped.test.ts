import { afterAll, beforeAll, expect, it } from "vitest";
import { openStore } from "../../src/index.ts";
import { thisHolder } from "../../src/study/attempt/holder.ts";
import { emptyFolder } from "../cli/parzen.ts";
import { startParzen, writeSweep } from "../cli/running.ts";
import { describeRedis } from "../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../redis/server.ts";

describeRedis("a driver that stands still for longer than its lease", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  it("proposes nothing when it goes on, if another one leads", async () => {
    const cwd = emptyFolder();
    writeSweep(cwd, "return x;", "maxTrials: 100000");
    const driver = startParzen(["run", "sweep.mjs", "--store", server.url, "--slots", "2", "--lock", "1s"], cwd);
    await driver.until(/#20 /);
    driver.child.kill("SIGSTOP");
    const store = await openStore(server.url);
    const other = { ...thisHolder(0), host: "elsewhere" };
    while ((await store.lead("sweep", other, { leaseMs: 60_000, slots: 1 })).kind === "led") {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { nextNumber } = (await store.findStudy("sweep")) ?? {};
    driver.child.kill("SIGCONT");
    const { code, stderr } = await driver.ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: study "sweep" is being run by process \d+ on elsewhere; if it was killed, that is known in \d+ s$/m,
    );
    expect((await store.findStudy("sweep"))?.nextNumber).toBe(nextNumber);
    await store.close();
  });

  it("takes the seat again where nobody else has, and goes on", async () => {
    const cwd = emptyFolder();
    // Slow enough not to be done before it is stopped.
    writeSweep(cwd, "await new Promise((r) => setTimeout(r, 20)); return x;", 'maxTrials: 100, name: "alone"');
    const driver = startParzen(["run", "sweep.mjs", "--store", server.url, "--slots", "2", "--lock", "1s"], cwd);
    await driver.until(/#20 /);
    driver.child.kill("SIGSTOP");
    const store = await openStore(server.url);
    for (;;) {
      const { study, nowMs } = await store.snapshot("alone", Number.MAX_SAFE_INTEGER);
      if ((study.driver?.leaseUntilMs ?? 0) < nowMs) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    driver.child.kill("SIGCONT");
    expect((await driver.ended).code).toBe(0);
    const { trials } = await store.snapshot("alone", 0);
    expect(trials.map(({ number, state }) => `${number} ${state}`)).toEqual(
      Array.from({ length: 100 }, (_, number) => `${number} complete`),
    );
    await store.close();
  });
});

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { expect, test, vi } from "vitest";
import { openRedisStore } from "../../../src/store/redis/redis.ts";
import { loadSweep } from "../../../src/sweep/load.ts";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type Deployment, deploy, stop, writeSweep } from "./deployment.ts";

/** What somebody who may write to Redis makes of a waiting trial, and what a worker says of it. */
const TAMPERED = [
  { to: '{"x":5}', becomes: "failed", says: /x: expected .*0.*1.*received 5/ },
  { to: '{"x":0.5,"command":1}', becomes: "failed", says: /command/ },
  { to: "{}", becomes: "failed", says: /x: missing, expected/ },
  { to: '{"__proto__":{"x":0.5}}', becomes: "running", says: /__proto__/ },
  { to: `${"[".repeat(10_000)}${"]".repeat(10_000)}`, becomes: "running", says: /deeper than/ },
  { to: '{"x":"0.5"}', becomes: "running", says: /instead of a number/ },
] as const;

/** A study whose trials wait, with nobody to run them. */
async function waiting({ server, admin, folder, start }: Deployment, trials: number): Promise<string> {
  const body = "writeFileSync(`ran-$" + "{trial.number}`, String(x)); return x;";
  writeSweep(folder, "sweep", body, `maxTrials: ${trials}`);
  const withdraw = await pretendWorker(server.url, join(folder, "sweep.mjs"), trials);
  const run = start(["run", "sweep.mjs"]);
  const id = async (): Promise<string> => (await admin.hget("{parzen}:studies", "sweep")) ?? "";
  const hasAll = async (): Promise<boolean> => (await admin.exists(`{parzen}:s:${await id()}:t:${trials - 1}`)) === 1;
  while (!(await hasAll())) await new Promise((resolve) => setTimeout(resolve, 50));
  await until(async () => (await queueOf(admin)).length === 1 && (await trialsIn(admin)) === trials);
  run.child.kill("SIGKILL");
  await run.ended;
  await withdraw();
  return id();
}

/** Announces a worker that takes nothing: a driver gives out as many trials as there are slots. */
async function pretendWorker(url: string, file: string, slots: number): Promise<() => Promise<void>> {
  const store = await openRedisStore(url, { warn: () => {} });
  const { name, version } = await loadSweep(file);
  const objectives = [{ name, version, requires: [], commit: null, changedAtMs: 0 }];
  const about = {
    host: "h",
    pid: 1,
    startedAtMs: 0,
    gpus: [],
    tags: [],
    parzen: "0",
    node: "0",
    trials: [],
    notes: {},
  };
  await store.workers.announce({ id: "none", slots, objectives, state: "serving", reason: null, ...about }, 600_000);
  return async () => {
    await store.workers.withdraw("none");
    await store.close();
  };
}

async function queueOf(admin: Redis): Promise<readonly string[]> {
  return (await admin.keys("{parzen}:q:*:meta")).map((key) => key.replace(/^\{parzen\}:q:(.*):meta$/, "$1"));
}

/** How many trials the waiting jobs bring. */
async function trialsIn(admin: Redis): Promise<number> {
  const [name = ""] = await queueOf(admin);
  const ids = await admin.lrange(`{parzen}:q:${name}:wait`, 0, -1);
  const texts = await Promise.all(ids.map((id) => admin.hget(`{parzen}:q:${name}:${id}`, "data")));
  return texts.reduce((sum, text) => sum + (JSON.parse(text ?? "{}").count ?? 1), 0);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

describeRedis("what somebody with access to Redis wrote", () => {
  test("is never run: a trial outside of the worker's own space fails, and one that is damaged is refused", async () => {
    const deployment = await deploy();
    const { admin, folder } = deployment;
    const id = await waiting(deployment, TAMPERED.length + 1);
    for (const [number, { to }] of TAMPERED.entries()) {
      const [, ...rest] = JSON.parse((await admin.hget(`{parzen}:s:${id}:t:${number}`, "p")) ?? "[]");
      await admin.hset(
        `{parzen}:s:${id}:t:${number}`,
        "p",
        `[${[to, ...rest.map((part: unknown) => JSON.stringify(part))]}]`,
      );
    }
    const worker = await deployment.worker(["sweep.mjs", "--slots", "2", "--log-json"]);
    await worker.until(new RegExp(`"kind":"settled".*"number":${TAMPERED.length}`));
    const states = async (): Promise<unknown> =>
      Promise.all(TAMPERED.map((_, number) => admin.hget(`{parzen}:s:${id}:t:${number}`, "s")));
    await vi.waitFor(async () => expect(await states()).toEqual(TAMPERED.map(({ becomes }) => becomes)), 50_000);
    const { stderr, code } = await stop(worker);
    expect(code).toBe(0);
    for (const [number, { becomes, says }] of TAMPERED.entries()) {
      const told =
        becomes === "failed"
          ? ((await admin.hget(`{parzen}:s:${id}:t:${number}`, "d")) ?? "")
          : (stderr.split("\n").find((line) => line.includes(`trial ${number} of study`)) ?? "");
      expect(told).toMatch(says);
      expect(told.length).toBeLessThan(1000);
      expect(existsSync(join(folder, `ran-${number}`)), `trial ${number} ran`).toBe(false);
    }
    expect(Number(readFileSync(join(folder, `ran-${TAMPERED.length}`), "utf8"))).toBeLessThanOrEqual(1);
    expect(stderr).not.toMatch(/"kind":"(fault|sick)"/);
  });

  test("a job that is none, or means no trial, is refused and logged, and the next one runs", async () => {
    const deployment = await deploy();
    const { admin } = deployment;
    const id = await waiting(deployment, 1);
    const [name = ""] = await queueOf(admin);
    const queue = new Queue(name, { connection: admin, prefix: "{parzen}:q" });
    const job = { v: 1, study: "sweep", id, trial: 0, attempt: 1 };
    const jobs = [
      { data: { ...job, trial: 99 }, says: /no trial 99/ },
      { data: { ...job, id: "another" }, says: /no such study/ },
      { data: { ...job, command: "touch owned" }, says: /command/ },
      { data: { ...job, study: "s".repeat(5000) }, says: /5\d\d\d characters/ },
      { data: JSON.parse('{"v":1,"__proto__":{"study":"sweep"}}'), says: /__proto__/ },
    ];
    for (const [index, { data }] of jobs.entries()) {
      await queue.add("trial", job, { jobId: `bad-${index}`, lifo: true });
      await admin.hset(`{parzen}:q:${name}:bad-${index}`, "data", JSON.stringify(data));
    }
    await queue.close();
    const worker = await deployment.worker(["sweep.mjs", "--slots", "1", "--log-json"]);
    await worker.until(/"kind":"settled"/);
    const { stderr } = await stop(worker);
    const refused = stderr.split("\n").filter((line) => line.includes('"kind":"refused"'));
    expect(refused).toHaveLength(jobs.length);
    for (const { says } of jobs)
      expect(
        refused.some((line) => says.test(line)),
        String(says),
      ).toBe(true);
    expect(await admin.keys(`{parzen}:q:${name}:bad-*`)).toEqual([]);
  });
});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { describeRedis } from "../../redis/describe-redis.ts";
import { type Running, release } from "../running.ts";
import { deploy, stop, writeSweep } from "./deployment.ts";

/** Where a command serves its metrics, as it said. */
async function urlOf(running: Running): Promise<string> {
  const said = await running.until(/http:\/\/127\.0\.0\.1:\d+\/metrics/);
  return /http:\S+\/metrics/.exec(said)?.[0] ?? "";
}

/** The samples of a scrape by name and labels. @throws where the document is none of the format */
async function scrape(url: string): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(url);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  expect(text.endsWith("\n")).toBe(true);
  const lines = text.trimEnd().split("\n");
  const samples = lines.filter((line) => !line.startsWith("#"));
  for (const sample of samples)
    expect(sample).toMatch(/^[a-z_]+(\{[a-z_]+="[^"]*"(, ?[a-z_]+="[^"]*")*\})? [\d.e+-]+$/);
  const heads = lines.filter((line) => line.startsWith("# TYPE")).map((line) => line.split(" ")[2]);
  expect(new Set(heads).size).toBe(heads.length);
  for (const sample of samples) expect(heads).toContain(/^[a-z_]+/.exec(sample)?.[0]);
  return new Map(samples.map((sample) => [sample.slice(0, sample.lastIndexOf(" ")), Number(sample.split(" ").at(-1))]));
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

describeRedis("--metrics-port", () => {
  test("shows what a worker and a run do, BullMQ's queues beside, and goes on while Redis is away", async () => {
    const { folder, server, worker, start } = await deploy(["--appendfsync", "always"]);
    writeSweep(folder, "sweep", "await trial.report(0, x); if (trial.number > 0) await released(); return x;");
    const serving = await worker(["sweep.mjs", "--slots", "2", "--metrics-port", "0"]);
    const run = start(["run", "sweep.mjs", "--metrics-port", "0"]);
    const [ofWorker, ofRun] = [await urlOf(serving), await urlOf(run)];
    await until(async () => (await scrape(ofRun)).get('parzen_trials{study="sweep",state="running"}') === 2);
    await until(async () => (await scrape(ofWorker)).get('parzen_worker_reports_total{study="sweep"}') === 3);
    await until(async () => (await scrape(ofRun)).get('parzen_reports_total{study="sweep"}') === 3);
    const queue =
      [...(await scrape(ofRun)).keys()].find((name) => /^bullmq_job_count.*state="active"/.test(name)) ?? "";
    expect(queue).toMatch(/queue="any-[0-9a-f]+"/);
    const [seenByWorker, seenByRun] = [await scrape(ofWorker), await scrape(ofRun)];
    expect(Object.fromEntries(seenByWorker)).toMatchObject({
      parzen_worker_slots: 2,
      parzen_worker_running_trials: 2,
      'parzen_worker_state{state="serving"}': 1,
      'parzen_worker_state{state="sick"}': 0,
      parzen_worker_outcomes_on_disk: 0,
      'parzen_worker_attempts_total{study="sweep"}': 3,
      'parzen_worker_settled_total{study="sweep",state="complete"}': 1,
      parzen_worker_machine_faults_total: 0,
      parzen_worker_jobs_refused_total: 0,
      parzen_store_up: 1,
      'parzen_workers{state="serving"}': 1,
      [queue]: 2,
    });
    expect(Object.fromEntries(seenByRun)).toMatchObject({
      'parzen_trials{study="sweep",state="complete"}': 1,
      'parzen_max_trials{study="sweep"}': 4,
      'parzen_reports_total{study="sweep"}': 3,
      [queue]: 2,
    });
    expect(seenByRun.has('parzen_best_loss{study="sweep"}')).toBe(true);
    expect((await fetch(ofRun.replace("/metrics", "/"))).status).toBe(404);
    expect((await fetch(ofRun, { method: "POST" })).status).toBe(405);
    await server.kill();
    expect(Object.fromEntries(await scrape(ofWorker))).toMatchObject({ parzen_store_up: 0, parzen_worker_slots: 2 });
    expect(Object.fromEntries(await scrape(ofRun))).toMatchObject({ 'parzen_max_trials{study="sweep"}': 4 });
    release(folder);
    await until(async () => (await scrape(ofWorker)).get("parzen_worker_outcomes_on_disk") === 2);
    await server.restart();
    expect((await run.ended).code).toBe(0);
    await until(async () => (await scrape(ofWorker)).get("parzen_worker_outcomes_on_disk") === 0);
    expect((await stop(serving)).code).toBe(0);
    await expect(fetch(ofWorker)).rejects.toThrow();
  });

  test("that is taken or none is told before anything else", async () => {
    const { folder, admin, command } = await deploy();
    writeSweep(folder, "sweep", "return x;");
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    for (const name of ["run", "worker"]) {
      const taken = await command([name, "sweep.mjs", "--metrics-port", String(port)]);
      expect(taken).toMatchObject({ code: 2, stdout: "" });
      expect(taken.stderr).toMatch(new RegExp(`^error: --metrics-port: port ${port} of 127.0.0.1 is taken\\n`));
      const wrong = await command([name, "sweep.mjs", "--metrics-port", "70000"]);
      expect(wrong.code).toBe(2);
      expect(wrong.stderr).toContain("Expected a port, 0 to 65535.");
    }
    expect(await admin.keys("*")).toEqual([]);
    other.close();
  });
});

describeRedis("--log-json", () => {
  test("makes every line of stderr one JSON object, of a run, its own slots and a worker", async () => {
    // The client of Redis warns by itself of a password that the server does not ask for.
    const { folder, parzen, worker } = await deploy([], ({ url }) => url.replace("//", "//:needless@"));
    writeSweep(folder, "sweep", 'console.log("hello"); await trial.report(0, x); return x;');
    const serving = await worker(["sweep.mjs", "--slots", "1", "--log-json"]);
    const { code, stdout, stderr } = await parzen(["run", "sweep.mjs", "--slots", "1", "--log-json", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ study: "sweep" });
    const events = stderr
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    for (const { time } of events) expect(new Date(time).toISOString()).toBe(time);
    const told = "parzen run sweep.mjs --slots 1 --json --log-json";
    expect(events.slice(0, 2)).toContainEqual(expect.objectContaining({ kind: "message", text: told }));
    expect(events.filter(({ kind, loss }) => kind === "settled" && typeof loss === "number")).toHaveLength(4);
    expect(events.some(({ text }) => /^\[WARN\].*password was supplied$/.test(text))).toBe(true);
    const { stderr: log } = await stop(serving);
    const kinds = log
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).kind);
    expect(kinds).toContain("serving");
    expect(kinds.at(-1)).toBe("ended");
  });
});

import { expect, it, onTestFinished, vi } from "vitest";
import type { RunFlags } from "../../../cli/run/flags.ts";
import { openForRun } from "../../../cli/run/open.ts";
import { Session } from "../../../cli/run/session.ts";
import { plainSlots } from "../../../src/executor/pool/gpu.ts";
import { openStore, type Store } from "../../../src/index.ts";
import { thisHolder } from "../../../src/study/attempt/holder.ts";
import { emptyFolder } from "../parzen.ts";
import { ECHO, planIn } from "./planned.ts";
import { keepSaid } from "./said.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const folder = emptyFolder();
/** Trials that end when they are told to. */
const SLEEPS = ECHO.replace("[echo", '[sh, -c, "sleep 600; echo $0"');

interface Opened {
  readonly store: Store;
  readonly session: Session;
  readonly said: () => string;
}

async function opened(sweep: string, flags: Partial<RunFlags> = {}, given?: Store): Promise<Opened> {
  const said = keepSaid();
  const store = given ?? (await openStore("memory:"));
  const plan = await planIn(folder, sweep, flags);
  const session = await Session.open(store, { plan, slots: plainSlots(1), warnings: [], metrics: null });
  onTestFinished(async () => {
    await session.close();
    await store.close();
  });
  return { store, session, said };
}

it("a study whose total is given out runs what waits; where nothing does, it is left alone", async () => {
  const store = await openStore("memory:");
  const { study } = await openForRun(store, await planIn(folder, ECHO));
  for (const x of [0.1, 0.2, 0.3]) await study.enqueue({ x });
  const { session } = await opened(ECHO, {}, store);
  expect(await session.search()).toMatchObject({ reason: "maxTrials", didRun: true });
  expect(session.view.trials.map(({ state }) => state)).toEqual(["complete", "complete", "complete"]);
  const again = await opened(ECHO, {}, store);
  expect(await again.session.search()).toEqual({ reason: "maxTrials", didRun: false, tookMs: 0 });
  expect(again.said()).not.toMatch(/#\d/);
});

it("a study that another process takes in between is answered with what to do", async () => {
  const { store, session } = await opened(ECHO);
  await store.lead("sweep", { ...thisHolder(0), host: "elsewhere" }, { leaseMs: 60_000, slots: 1 });
  await expect(session.search()).rejects.toMatchObject({
    code: "STUDY_LIVE",
    message: expect.stringContaining("is being run by process"),
    hint: expect.stringMatching(/^Add --join .* stop sweep --store memory:$/),
  });
});

it("who joins runs it beside that process, and leaves the seat to it", async () => {
  const store = await openStore("memory:");
  await openForRun(store, await planIn(folder, ECHO));
  const other = { ...thisHolder(0), host: "elsewhere" };
  await store.lead("sweep", other, { leaseMs: 60_000, slots: 1 });
  const { session } = await opened(ECHO, { join: true }, store);
  expect(await session.search()).toMatchObject({ reason: "maxTrials", didRun: true });
  expect((await session.study.refresh()).driver?.holder).toEqual(other);
});

it("a driver's seat is kept for as long as --lock says", async () => {
  const { store, session } = await opened(SLEEPS, { lock: 500_000 });
  const ended = session.search();
  await vi.waitFor(async () => {
    const { study, nowMs } = await store.snapshot("sweep", Number.MAX_SAFE_INTEGER);
    expect((study.driver?.leaseUntilMs ?? 0) - nowMs).toBeGreaterThan(100_000);
  }, 50_000);
  process.emit("SIGTERM");
  await ended;
});

it("Ctrl-C says what may still end, a second one hands that back, and the signals are given back at the end", async () => {
  vi.stubEnv("npm_lifecycle_event", undefined); // under which the second one would be npm's echo of the first
  onTestFinished(() => void vi.unstubAllEnvs());
  const before = SIGNALS.map((signal) => process.listenerCount(signal));
  const { session, said } = await opened(SLEEPS);
  const ended = session.search();
  await vi.waitFor(() => expect(session.view.trials[0]?.state).toBe("running"), { timeout: 50_000, interval: 10 });
  process.emit("SIGINT");
  expect(said()).toMatch(
    /^ending: nothing new is proposed, 1 trial may end; Ctrl-C again stops at once\ngo on with: /m,
  );
  process.emit("SIGINT");
  expect(await ended).toMatchObject({ reason: "interrupted", didRun: true });
  expect(said()).toMatch(
    /^stopping: running trials go back to the queue\ngo on with: .*\n0\/3 {2}#0 is queued again\n/m,
  );
  expect(session.stops.exitCode()).toBe(130);
  await session.close();
  expect(SIGNALS.map((signal) => process.listenerCount(signal))).toEqual(before);
});

it("on a terminal the live line says as well that the run is ending", async () => {
  const { isTTY, rows } = process.stderr;
  vi.stubEnv("TERM", "xterm");
  Object.assign(process.stderr, { isTTY: true, rows: 24 });
  onTestFinished(() => {
    vi.unstubAllEnvs();
    Object.assign(process.stderr, { isTTY, rows });
  });
  const { session, said } = await opened(SLEEPS);
  const ended = session.search();
  await vi.waitFor(() => expect(said()).toContain("0/3 · 1 running"), { timeout: 50_000, interval: 10 });
  process.emit("SIGINT");
  await vi.waitFor(() => expect(said()).toContain("0/3 · 1 running · ending"), { timeout: 50_000, interval: 10 });
  process.emit("SIGTERM");
  await ended;
});

it("--log-json tells events as JSON, and no line for people", async () => {
  const { session, said } = await opened(ECHO, { logJson: true });
  await session.search();
  const events = said()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.filter(({ kind }) => kind === "settled")).toHaveLength(3);
  expect(events.filter(({ kind, text }) => kind === "message" && /#\d/.test(text))).toEqual([]);
});

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { Executor } from "../../src/executor/executor.ts";
import { inProcess } from "../../src/executor/in-process.ts";
import { processPool } from "../../src/executor/pool/pool.ts";
import type { ProcessPoolOptions } from "../../src/executor/pool/pool-options.ts";
import { compileSpace } from "../../src/space/compile.ts";
import faults from "../fixtures/objectives/faults.mjs";
import { evaluate, type Fault, fixture, PidFile, suffer, taskOf, until } from "./executor-run.ts";

const source = { kind: "module", file: fixture("faults.mjs") } as const;

/** Of the tests that need no options of their own: whatever happened to its child before, it goes on. */
const plain = processPool({ source });
afterAll(() => plain.close());

let pool: Executor | null = null;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

function poolOf(options: Partial<ProcessPoolOptions>): Executor {
  pool = processPool({ source, ...options });
  return pool;
}

afterEach(() => pool?.close());

describe("a child that goes wrong costs its own trial only", () => {
  it.each<[Fault, string, RegExp]>([
    ["segfault", "crash", /was ended by SIGSEGV/],
    ["abort", "crash", /was ended by SIGABRT/],
    ["killed", "crash", /killed by SIGKILL from outside/],
    ["exit", "crash", /exited with code 3 before the trial was over: out of patience/],
    ["uncaught", "error", /^RangeError: thrown where nobody listens$/],
    ["rejected", "error", /^rejected where nobody listens$/],
    ["garbage", "crash", /broke its channel: .*__proto__/],
  ])("%s", async (fault, reason, message) => {
    const { outcome } = await suffer(plain, fault);
    expect(outcome).toEqual({ kind: "failed", reason, message: expect.stringMatching(message) });
    expect((await suffer(plain, "none")).outcome).toEqual({ kind: "complete", losses: [1] });
  });

  it("that leaks past its heap limit", async () => {
    const executor = poolOf({ heapLimitMb: 64 });
    const { outcome } = await suffer(executor, "leak");
    expect(outcome).toEqual({
      kind: "failed",
      reason: "memory",
      message: "ran out of heap memory, which is limited to 64 MB",
    });
    expect((await suffer(executor, "none")).outcome.kind).toBe("complete");
  });

  it("that blocks for ever", async () => {
    const executor = poolOf({ trialTimeoutMs: 300, graceMs: 100 });
    const message = "exceeded the time limit of 0.3 s for a trial";
    expect((await suffer(executor, "block")).outcome).toEqual({ kind: "failed", reason: "timeout", message });
    expect((await suffer(executor, "none")).outcome.kind).toBe("complete");
  });

  it("that dies of what an earlier trial left behind", async () => {
    for (let trial = 0; trial < 4; trial++) {
      expect((await suffer(plain, "late exit")).outcome).toEqual({ kind: "complete", losses: [1] });
    }
  });

  it("that never becomes ready", async () => {
    const executor = poolOf({ source: { kind: "module", file: fixture("never-ready.mjs") }, readyWithinMs: 700 });
    const { outcome } = await evaluate(executor, taskOf({ x: 0.5 }));
    const message = "the trial's process did not become ready within 0.7 s";
    expect(outcome).toEqual({ kind: "lost", machine: true, message });
  });

  it("that cannot load its sweep: the trial is not to blame", async () => {
    const executor = poolOf({ source: { kind: "module", file: fixture("refused.mjs") } });
    const { outcome } = await evaluate(executor, taskOf({ x: 0.5 }));
    expect(outcome).toMatchObject({
      kind: "lost",
      machine: true,
      message: expect.stringMatching(/no data to train/),
    });
  });

  it("while the other slots go on", async () => {
    const executor = poolOf({ slots: 2 });
    const outcomes = await Promise.all([suffer(executor, "segfault"), suffer(executor, "none")]);
    expect(outcomes.map(({ outcome }) => outcome.kind)).toEqual(["failed", "complete"]);
  });
});

describe("a result that is more than can be kept", () => {
  it.each<Fault>(["too deep", "too much", "named __proto__"])("%s: the same as in process", async (fault) => {
    const { outcome } = await suffer(plain, fault);
    expect(outcome).toMatchObject({ kind: "complete", losses: [1] });
    const here = inProcess({ objective: faults.objective as never, space: compileSpace(faults.space) });
    expect(await suffer(here, fault)).toEqual({ outcome, log: "" });
  });
});

describe("a child's processes", () => {
  it("are all gone when its trial is killed, however far they went", async () => {
    const pids = new PidFile();
    try {
      const executor = poolOf({ graceMs: 100, env: { ...process.env, FAULT_PIDS: pids.path } });
      const stop = new AbortController();
      const ended = suffer(executor, "grandchild", { signal: stop.signal });
      await pids.atLeast(4);
      expect((await pids.living()).length).toBe(4);
      stop.abort("cancel");
      expect((await ended).outcome).toEqual({ kind: "cancelled" });
      expect(await pids.living()).toEqual([]);
    } finally {
      await pids.remove();
    }
  });

  it("are all gone when the pool is closed", async () => {
    const pids = new PidFile();
    try {
      const executor = poolOf({ env: { ...process.env, FAULT_PIDS: pids.path } });
      const ended = suffer(executor, "grandchild");
      await pids.atLeast(4);
      await executor.close();
      expect((await ended).outcome).toEqual({ kind: "handed-back" });
      expect(await pids.living()).toEqual([]);
    } finally {
      await pids.remove();
    }
  });
});

describe("what a child leaves in its parent", () => {
  it("is nothing of a result, once the next trial came", async () => {
    const first = new WeakRef((await suffer(plain, "none")).outcome);
    await suffer(plain, "none");
    await until(() => {
      collectGarbage();
      return first.deref() === undefined;
    });
  });
});

describe("a slot's child", () => {
  const pidOf = async (executor: Executor): Promise<unknown> => (await suffer(executor, "pid")).outcome;

  it("is kept warm", async () => {
    expect(await pidOf(plain)).toEqual(await pidOf(plain));
  });

  it("is replaced after so many trials", async () => {
    const executor = poolOf({ recycleAfter: 2 });
    const pids = [await pidOf(executor), await pidOf(executor), await pidOf(executor)];
    expect(pids[0]).toEqual(pids[1]);
    expect(pids[1]).not.toEqual(pids[2]);
  });

  it("is replaced when it has grown too large", async () => {
    const executor = poolOf({ memoryLimitMb: 1 });
    expect(await pidOf(executor)).not.toEqual(await pidOf(executor));
  });

  it("draws the same numbers from Math.random for the same seed, in a new child too", async () => {
    const executor = poolOf({ recycleAfter: 2 });
    const outcomes = [];
    for (let trial = 0; trial < 3; trial++) outcomes.push((await suffer(executor, "random")).outcome);
    expect(outcomes[0]).toMatchObject({ kind: "complete" });
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[2]).toEqual(outcomes[0]);
  });

  it("has its output kept: the last 64 kB, in whole characters, and all of it passed on", async () => {
    const printed: string[] = [];
    const { log, outcome } = await suffer(plain, "print", { print: (text) => printed.push(text) });
    expect(outcome.kind).toBe("complete");
    expect(Buffer.byteLength(log)).toBeLessThanOrEqual(64 * 1024);
    expect(Buffer.byteLength(log)).toBeGreaterThan(60 * 1024);
    expect(log).not.toContain("\uFFFD");
    expect(log.endsWith("line 49999 ÄÖÜ\nthe last words\n")).toBe(true);
    expect(
      printed
        .join("")
        .split("\n")
        .filter((line) => line.startsWith("line ")).length,
    ).toBe(50_000);
  });

  it("has the environment of its slot, and no passwords", async () => {
    const env = {
      ...process.env,
      PARZEN_STORE: "redis://store",
      DATABASE: "postgres://me:secret@host/db",
      PLAIN: "https://host/path",
      CUDA_VISIBLE_DEVICES: "3",
    };
    const gpu = { slot: 0, gpus: ["0", "1"], env: { CUDA_VISIBLE_DEVICES: "0,1" } };
    const given = await suffer(poolOf({ env, slots: [gpu] }), "environment");
    await pool?.close();
    const without = await suffer(poolOf({ env, slots: 1 }), "environment");
    const seen = [given, without].map(({ outcome }) =>
      outcome.kind === "complete" ? outcome.attributes?.["env"] : {},
    );
    for (const child of seen) {
      expect(child).toMatchObject({ PLAIN: "https://host/path", PATH: process.env["PATH"] });
      expect(child).not.toHaveProperty("PARZEN_STORE");
      expect(child).not.toHaveProperty("DATABASE");
    }
    expect(seen[0]).toHaveProperty("CUDA_VISIBLE_DEVICES", "0,1");
    expect(seen[1]).toHaveProperty("CUDA_VISIBLE_DEVICES", "3");
  });
});

describe("a task of another version", () => {
  it("is refused by the pool that knows its own", async () => {
    const executor = poolOf({ source: { ...source, version: "here" } });
    const { outcome } = await evaluate(executor, taskOf({ fault: 0 }, { version: "there" }));
    expect(outcome).toMatchObject({ kind: "lost", machine: true, message: expect.stringMatching(/there.*runs here/) });
  });

  it("is refused by the child that loaded other code", async () => {
    const { outcome } = await evaluate(plain, taskOf({ fault: 0 }, { version: "there" }));
    expect(outcome).toMatchObject({
      kind: "lost",
      machine: true,
      message: expect.stringMatching(/means version there/),
    });
  });
});

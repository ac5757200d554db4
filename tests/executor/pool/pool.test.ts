import { getEventListeners } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { processPool } from "../../../src/executor/pool/pool.ts";
import { compileSpace } from "../../../src/space/compile.ts";
import { describeExecutorContract } from "../../../src/testing/executor/contract.ts";
import { contractSweep } from "../../../src/testing/executor/contract-sweep.ts";
import type { Verdict } from "../../../src/trial/report.ts";
import { evaluate, taskOf } from "../../faults/executor-run.ts";
import { reusing } from "../reused.ts";

const { file } = contractSweep;

describeExecutorContract(
  "process pool",
  reusing((options) => processPool({ source: { kind: "module", file }, ...options })),
);

const source = { kind: "module", file };

it.each([
  [{}, 'source.kind: expected "module" or "command", received undefined'],
  [{ source: { kind: "modul", file } }, 'source.kind: expected "module" or "command", received "modul"'],
  [{ source: { kind: "module" } }, "source.file: expected a text that is not empty, received undefined"],
  [
    { source: { kind: "command", argv: "python train.py", cwd: ".", metric: "loss", space: {} } },
    'source.argv: expected a list of texts: a program and its arguments, received "python train.py"',
  ],
  [{ source, slots: [] }, "slots: expected an integer from 1 to 1024, or a list of { slot, gpus, env }, received []"],
  [{ source, slots: Number.NaN }, "slots: expected an integer from 1 to 1024"],
  [{ source, graceMs: Number.NaN }, "graceMs: expected milliseconds from 0, received NaN"],
  [{ source, trialTimeoutMs: -1 }, "trialTimeoutMs: expected milliseconds from 0, or null, received -1"],
  [{ source, recycleAfter: 0 }, "recycleAfter: expected an integer from 1, or null, received 0"],
  [{ source, heapLimitMb: "64" }, 'heapLimitMb: expected whole MB from 1, or null, received "64"'],
  [{ source, gracems: 5 }, 'gracems: there is no such option (did you mean "graceMs"?)'],
])("refuses %j", (options, message) => {
  const refused = expect.objectContaining({ code: "OPTION_INVALID", message: expect.stringContaining(message) });
  expect(() => processPool(options as never)).toThrow(refused);
});

it("takes times without an end", async () => {
  const times = { graceMs: Number.POSITIVE_INFINITY, trialTimeoutMs: Number.POSITIVE_INFINITY };
  await processPool({ source: { kind: "module", file }, ...times }).close();
});

it("rejects with what the caller's report throws, also with an error of the system, which is none of this machine's", async () => {
  const argv = ["sh", "-c", `echo '{{"loss": 1}}' >> $PARZEN_REPORT_FILE; exec sleep 60`];
  const space = compileSpace({ x: { uniform: [0, 1] } });
  const pool = processPool({ source: { kind: "command", argv, cwd: ".", metric: "loss", space } });
  onTestFinished(() => pool.close());
  const report = (): Promise<Verdict> => readFile("/no/such/file").then(() => "continue");
  await expect(evaluate(pool, taskOf({ x: 0.5 }), { report })).rejects.toThrow("no such file or directory");
});

it("makes no folder for a trial that comes once it is closed: nobody would remove it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parzen-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  vi.stubEnv("TMPDIR", folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const pool = processPool({ source: { kind: "module", file } });
  await pool.close();
  expect(await evaluate(pool, taskOf({}))).toEqual({ outcome: { kind: "handed-back" }, log: "" });
  expect(readdirSync(folder)).toEqual([]);
});

it("keeps nothing of a trial that has ended on the caller's signal", async () => {
  const pool = processPool({ source: { kind: "module", file } });
  onTestFinished(() => pool.close());
  const { signal } = new AbortController();
  for (const _trial of [0, 1, 2]) await evaluate(pool, taskOf({ behaviour: 0, x: 0.5 }), { signal });
  expect(getEventListeners(signal, "abort")).toEqual([]);
  // What Node itself notes there, which `AbortSignal.any` leaves.
  const noted = Object.getOwnPropertySymbols(signal).filter(({ description }) => description === "kDependantSignals");
  expect(noted.map((symbol) => Reflect.get(signal, symbol)?.size ?? 0)).toEqual(noted.map(() => 0));
});

it("tells why a sweep cannot be loaded, however long its hint is", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parzen-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const thrown = 'Object.assign(new Error("no such space"), { code: "C", hint: "x".repeat(5000) })';
  const broken = join(folder, "sweep.mjs");
  writeFileSync(broken, `throw ${thrown};`);
  const pool = processPool({ source: { kind: "module", file: broken } });
  onTestFinished(() => pool.close());
  const ended = await evaluate(pool, taskOf({ x: 0.5 })).catch(({ message }) => message);
  expect(JSON.stringify(ended)).toContain("no such space");
  expect(JSON.stringify(ended)).not.toContain("channel");
});

import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Store } from "../../src/store/store.ts";
import type { StudySpec } from "../../src/store/study-record.ts";
import { SETTINGS } from "../../src/testing/store/fixtures.ts";

export { SETTINGS };

export function specOf(name: string): StudySpec {
  return {
    name,
    space: { x: { uniform: [0, 1e6] } },
    fingerprint: "fingerprint",
    where: [],
    direction: "minimize",
    metric: "loss",
    seed: 0,
    sampler: { name: "random", version: 1, options: {} },
  };
}

/** Adds a trial and ends it with its number as the loss. */
export async function addComplete(store: Store, study: string): Promise<number> {
  const reservation = { expectedNumber: null, basis: 0, memo: null, origin: "asked" } as const;
  const reserved = await store.reserve(study, { ...reservation, assignment: { x: 1 } });
  if (reserved.kind !== "reserved") throw new Error(reserved.kind);
  const { number } = reserved.trial;
  const holder = { host: "h", pid: 1, started: "s", slot: 0 };
  await store.claim(study, number, { holder, leaseMs: 1000, version: null });
  await store.report(study, number, { attempt: 1 }, [{ step: 0, value: number }]);
  const outcome = { kind: "complete", losses: [number] } as const;
  await store.commit(study, number, { attempt: 1 }, { outcome, log: `log of ${number}` });
  return number;
}

/** A folder that is removed after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `parzen-${randomUUID().slice(0, 4)}-`));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

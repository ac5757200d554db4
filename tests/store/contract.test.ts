import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { directoryArtifacts } from "../../src/artifacts/directory.ts";
import { memoryStore } from "../../src/store/memory.ts";
import type { Store } from "../../src/store/store.ts";
import { checkStore, STORE_CHECKS } from "../../src/testing/store/contract.ts";
import type { Trial } from "../../src/trial/trial.ts";

const folder = mkdtempSync(join(tmpdir(), "parzen-contract-"));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * The suite is worth what it rejects: each of these stores breaks one law of the port, and one check at least must fail.
 * A broken store is the memory store with some methods replaced.
 */
const BROKEN: Readonly<Record<string, (store: Store, now: () => number) => Partial<Store>>> = {
  "ignores the expected number": (store) => ({
    reserve: (name, reservation) => store.reserve(name, { ...reservation, expectedNumber: null }),
  }),
  "ignores taken configurations": (store) => ({
    reserve: (name, reservation) => store.reserve(name, { ...reservation, mayRepeat: true }),
  }),
  "drops the fidelity": (store) => ({
    reserve: (name, { fidelity: _, ...reservation }) => store.reserve(name, reservation),
  }),
  "drops the fidelity of a study": (store) => ({
    createStudy: ({ fidelity: _, ...spec }, settings) => store.createStudy(spec, settings),
  }),
  "forgets maxTrials": (store) => ({
    createStudy: (spec, settings) => store.createStudy(spec, { ...settings, maxTrials: null }),
  }),
  "claims for whichever study has the name": (store) => ({
    claim: (name, number, { studyId: _, ...claim }) => store.claim(name, number, claim),
  }),
  "ignores the token": (store) => ({
    commit: (name, number, { attempt }, result) => store.commit(name, number, { attempt }, result),
  }),
  "takes a late outcome for the present attempt": (store) => ({
    commit: async (name, number, fence, result) => {
      const { attempt } = await store.findTrial(name, number);
      return store.commit(name, number, { ...fence, attempt }, result);
    },
  }),
  "answers a late report with continue": (store) => ({
    report: async (name, number, fence, reports) => {
      const verdict = await store.report(name, number, fence, reports);
      return verdict === "stale" ? "continue" : verdict;
    },
  }),
  "makes infinite reports null": (store) => ({
    report: (name, number, fence, reports) => {
      const finite = reports.map(({ step, value }) => ({ step, value: Number.isFinite(value) ? value : Number.NaN }));
      return store.report(name, number, fence, finite);
    },
  }),
  "keeps the last of reports that come together": (store) => ({
    report: (name, number, fence, reports) => store.report(name, number, fence, reports.slice(-1)),
  }),
  "keeps the later of two reports of one step that come together": (store) => ({
    report: (name, number, fence, reports) => store.report(name, number, fence, reports.toReversed()),
  }),
  "stores reports that come together one after the other": (store) => ({
    report: async (name, number, fence, reports) => {
      let verdict = await store.report(name, number, fence, []);
      for (const report of reports) verdict = await store.report(name, number, fence, [report]);
      return verdict;
    },
  }),
  "never counts a loss": (store) => ({
    commit: (name, number, fence, result) => {
      const { outcome } = result;
      const excused = outcome.kind === "lost" ? { ...outcome, machine: true } : outcome;
      return store.commit(name, number, fence, { ...result, outcome: excused });
    },
  }),
  "drops logs": (store) => ({
    commit: (name, number, fence, { outcome }) => store.commit(name, number, fence, { outcome, log: "" }),
  }),
  "commits a trial without its newest report": (store) => ({
    commit: async (name, number, fence, result) => {
      const committed = await store.commit(name, number, fence, result);
      if (committed.kind === "ignored") return committed;
      return { ...committed, trial: { ...committed.trial, reports: committed.trial.reports.slice(0, -1) } };
    },
  }),
  "forgets verdicts": () => ({ judge: async () => undefined }),
  "has snapshots without the last change": (store) => ({
    snapshot: async (name, since) => store.snapshot(name, since + 1),
  }),
  "has snapshots of everything": (store) => ({
    snapshot: async (name) => store.snapshot(name, 0),
  }),
  "hands out what it keeps": (store) => {
    const kept = new WeakMap<Trial, Trial>();
    return {
      findTrial: async (name, number) => {
        const trial = await store.findTrial(name, number);
        if (!kept.has(trial)) kept.set(trial, structuredClone(trial));
        return kept.get(trial) ?? trial;
      },
      snapshot: async (name, since) => {
        const snapshot = await store.snapshot(name, since);
        return { ...snapshot, trials: snapshot.trials.map((trial) => kept.get(trial) ?? trial) };
      },
    };
  },
  "follows a clock of its own": (_store, now) => {
    const started = now();
    return memoryStore({ now: () => started });
  },
  "gives the lease to everyone": (store) => ({
    lead: (name, holder, options) => store.lead(name, holder, { ...options, leaseMs: -1 }),
  }),
  "lets anyone resign": (store) => ({
    resign: async (name, holder) => {
      const driver = (await store.findStudy(name))?.driver;
      await store.resign(name, driver?.holder ?? holder);
    },
  }),
  "leaves the files of a deleted study": (store) => ({
    artifacts: { ...store.artifacts, removeStudy: async () => undefined },
    deleteStudy: async (name) => {
      await store.renameStudy(name, `deleted ${name}`);
    },
  }),
  "gives the logs of one study to another": (store) => {
    let known = "";
    return {
      findTrial: async (name, number) => {
        const trial = await store.findTrial(name, number);
        if (!("log" in trial)) return trial;
        known ||= trial.log;
        return { ...trial, log: known };
      },
    };
  },
  "has one directory for all attempts": (store) => {
    const { of, ...files } = directoryArtifacts(mkdtempSync(join(folder, "files-")));
    return { artifacts: { ...store.artifacts, ...files, of: (study, trial) => of(study, trial, 1) } };
  },
  "begins every attempt without files": (store) => ({
    artifacts: { ...store.artifacts, begin: (study, trial) => store.artifacts.of(study, trial, 1).remove() },
  }),
  "collects nothing": () => ({ collectArtifacts: async () => 0 }),
  "collects the files of finished trials": (store) => ({
    collectArtifacts: async (name) => {
      const { study, trials } = await store.snapshot(name, 0);
      for (const { number, state } of trials)
        if (state === "cancelled") await store.artifacts.of(study.id, number, 1).remove();
      return store.collectArtifacts(name);
    },
  }),
  "imports without a look": (store) => ({
    importStudy: async (archive, name) => {
      if (archive === null) throw new Error("no archive");
      return store.createStudy({ ...archive.study, name: name ?? archive.study.name }, archive.study.settings);
    },
  }),
};

/** A store whose methods come from `broken` where it has them. */
function replaced(store: Store, broken: Partial<Store>): Store {
  const bind = (target: object, key: PropertyKey): unknown => {
    const value: unknown = Reflect.get(target, key, target);
    return typeof value === "function" ? value.bind(target) : value;
  };
  return new Proxy(store, { get: (target, key) => bind(key in broken ? broken : target, key) });
}

describe("the store contract", () => {
  test.each(Object.entries(BROKEN))("rejects a store that %s", async (_name, breakStore) => {
    const failed: string[] = [];
    for (const check of STORE_CHECKS) {
      const open = async ({ now }: { readonly now: () => number }): Promise<Store> => {
        const store = memoryStore({ now });
        return replaced(store, breakStore(store, now));
      };
      await checkStore(check, open).catch(() => failed.push(check.name));
    }
    expect(failed).not.toEqual([]);
    expect(failed.length).toBeLessThan(STORE_CHECKS.length);
  });

  test("names every law once", () => {
    const names = STORE_CHECKS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

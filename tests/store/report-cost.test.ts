import { join } from "node:path";
import { expect, test } from "vitest";
import type { Row, SqliteDriver, Statement } from "../../src/store/sqlite/driver.ts";
import { loadDriver } from "../../src/store/sqlite/load.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite.ts";
import { SETTINGS, specOf, temporaryFolder } from "./fixtures.ts";

interface Work {
  statements: number;
  rows: number;
}

/** The driver, and what its connections did: statements that ran, rows that they gave or changed. */
function counted(driver: SqliteDriver, work: Work): SqliteDriver {
  const count = <T>(result: T, rows: number): T => {
    work.statements++;
    work.rows += rows;
    return result;
  };
  const wrap = (statement: Statement): Statement => ({
    run: (...values) => {
      const changes = statement.run(...values);
      return count(changes, changes);
    },
    get: (...values) => {
      const row: Row | undefined = statement.get(...values);
      return count(row, row === undefined ? 0 : 1);
    },
    all: (...values) => {
      const rows = statement.all(...values);
      return count(rows, rows.length);
    },
  });
  return {
    ...driver,
    open: (path) => {
      const connection = driver.open(path);
      return { ...connection, prepare: (sql) => wrap(connection.prepare(sql)) };
    },
  };
}

test("a report, a look at it, a renewal and a verdict cost the same whatever was reported before", async () => {
  const work: Work = { statements: 0, rows: 0 };
  const path = join(await temporaryFolder(), "s.db");
  const store = await openSqliteStore(path, { driver: counted(await loadDriver(), work), now: () => clock++ });
  let clock = 0;
  await store.createStudy(specOf("study"), SETTINGS);
  const proposal = { expectedNumber: null, basis: 0, assignment: { x: 1 }, memo: null, origin: "sampler" } as const;
  await store.reserve("study", proposal);
  const holder = { host: "h", pid: 1, started: "s", slot: 0 };
  await store.claim("study", 0, { holder, leaseMs: 1000, version: null });
  const fence = { attempt: 1 };
  let step = 0;
  const costOf = async (call: () => Promise<unknown>): Promise<Work> => {
    const before = { ...work };
    await call();
    return { statements: work.statements - before.statements, rows: work.rows - before.rows };
  };
  const costs = async (): Promise<readonly Work[]> => [
    await costOf(reportAndLook),
    await costOf(() => store.report("study", 0, fence, [{ step, value: step++ }])),
    await costOf(() => store.report("study", 0, fence, [{ step: 0, value: 0 }])),
    await costOf(() => store.report("study", 0, { attempt: 2 }, [{ step: 0, value: 0 }])),
    await costOf(() => store.renew("study", 0, fence, 1000)),
    await costOf(() => store.judge("study", 0, "continue")),
    await costOf(() => store.claim("study", 0, { holder, leaseMs: 1000, version: null })),
  ];
  let seen = 0;
  // As a driver does that judges each report.
  const reportAndLook = async (): Promise<void> => {
    await store.report("study", 0, fence, [{ step, value: step++ }]);
    const { study, trials } = await store.snapshot("study", seen);
    seen = study.sequence;
    expect(trials[0]?.reports).toHaveLength(step);
  };
  await reportAndLook();
  const first = await costs();
  while (step < 1000) await store.report("study", 0, fence, [{ step, value: step++ }]);
  await reportAndLook();
  expect(await costs()).toEqual(first);
  const commit = () => store.commit("study", 0, fence, { outcome: { kind: "complete", losses: [1] }, log: "" });
  const { rows } = await costOf(commit);
  expect(rows).toBeGreaterThan(1000);
  expect(rows).toBeLessThan(1020);
  expect((await store.findTrial("study", 0)).reports).toHaveLength(step);
  await store.close();
});

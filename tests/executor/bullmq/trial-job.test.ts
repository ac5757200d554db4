import fc from "fast-check";
import { expect, test } from "vitest";
import { inRows, jobIdOf, LONGEST_ROW, readJob, type TrialJob } from "../../../src/executor/bullmq/trial-job.ts";

const job: fc.Arbitrary<TrialJob> = fc.record({
  v: fc.constant(1 as const),
  study: fc.constant("s"),
  id: fc.constantFrom("a", "b"),
  trial: fc.nat(20),
  attempt: fc.integer({ min: 1, max: 2 }),
});

test("rows bring what went into them, in order", () => {
  fc.assert(
    fc.property(fc.array(job, { maxLength: 40 }), (jobs) => {
      const read = inRows(jobs).map((row) => readJob(JSON.stringify(row)));
      expect(read.flatMap((each) => (each.ok ? each.jobs : []))).toEqual(jobs);
    }),
  );
});

test("neighbours make rows as long as rows may be, and every row has an id of its own", () => {
  const jobs = Array.from({ length: 20 }, (_, trial): TrialJob => ({ v: 1, study: "s", id: "a", trial, attempt: 1 }));
  const rows = inRows(jobs);
  expect(rows.map((row) => (row.v === 1 ? 1 : row.count))).toEqual([LONGEST_ROW, LONGEST_ROW, 20 - 2 * LONGEST_ROW]);
  const ids = [...rows, ...jobs].map(jobIdOf);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  ["a number", { trial: "\u001b[2J\nrefused" }],
  ["a name", { study: "\u001b[2J\nrefused" }],
  ["a key", { "\u001b[2J\nrefused": 1 }],
])("a job with a terminal's commands in %s is refused on one line without them", (_what, odd) => {
  const read = readJob(JSON.stringify({ v: 1, study: "s", id: "a", trial: 1, attempt: 1, ...odd }));
  expect(read).toEqual({ ok: false, problem: expect.stringMatching(/^\P{Cc}+$/u) });
});

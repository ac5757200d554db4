import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { KnownReports } from "../../../src/store/sqlite/known-reports.ts";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../../src/store/store.ts";
import { SETTINGS, specOf, temporaryFolder } from "../fixtures.ts";

type Act = (store: Store, other: Store, attempt: number) => Promise<unknown>;

const VALUES = fc.oneof(fc.double({ noNaN: false }), fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY));
const REPORTS = fc.array(fc.record({ step: fc.nat(12), value: VALUES }), { minLength: 1, maxLength: 4 });
const HOLDER = { host: "h", pid: 1, started: "s", slot: 0 };

/** What may happen to the one trial between two looks, in the process that looks or in another one. */
const ACTS: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: REPORTS.map(
      (reports): Act =>
        (store, _, attempt) =>
          store.report("s", 0, { attempt }, reports),
    ),
  },
  REPORTS.map(
    (reports): Act =>
      (_, other, attempt) =>
        other.report("s", 0, { attempt }, reports),
  ),
  fc.constant<Act>((store, _, attempt) => store.renew("s", 0, { attempt }, 1000)),
  fc.constant<Act>((_, other, attempt) => other.judge("s", 0, attempt % 2 === 0 ? "prune" : "continue")),
  fc.nat(12).map(
    (step): Act =>
      (store, _, attempt) =>
        store.checkpoint("s", 0, { attempt }, step),
  ),
  fc.constant<Act>(async (store, other, attempt) => {
    await other.commit("s", 0, { attempt }, { outcome: { kind: "handed-back" }, log: "" });
    await store.claim("s", 0, { holder: HOLDER, leaseMs: 1000, version: null });
  }),
);

test("a look at what changed shows the reports that the file has, whoever wrote them and in whatever order", async () => {
  const folder = await temporaryFolder();
  let file = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(ACTS, { maxLength: 12 }), async (acts) => {
      const path = join(folder, `${file++}.db`);
      const [store, other] = [await openSqliteStore(path), await openSqliteStore(path)];
      await store.createStudy(specOf("s"), SETTINGS);
      const proposal = { expectedNumber: null, basis: 0, assignment: { x: 1 }, memo: null, origin: "sampler" } as const;
      await store.reserve("s", proposal);
      await store.claim("s", 0, { holder: HOLDER, leaseMs: 1000, version: null });
      for (const act of acts) {
        await act(store, other, (await store.findTrial("s", 0)).attempt);
        const [seen] = (await store.snapshot("s", 0)).trials;
        expect(seen?.reports).toEqual((await store.findTrial("s", 0)).reports);
      }
      await Promise.all([store.close(), other.close()]);
    }),
    { numRuns: 60 },
  );
});

test("reports of 256 attempts are kept, those that were read first are the first to go", () => {
  const known = new KnownReports();
  const reports = [{ step: 0, value: 1 }];
  for (let attempt = 0; attempt < 256; attempt++) known.set(`${attempt}`, { changed: 1, reports });
  known.set("0", { changed: 2, reports });
  known.set("one more", { changed: 1, reports });
  expect(known.get("1", 1)).toBeNull();
  expect(["0", "2", "255", "one more"].map((token) => known.get(token, token === "0" ? 2 : 1))).toEqual(
    [0, 1, 2, 3].map(() => reports),
  );
  known.forget("2");
  expect(known.get("2", 1)).toBeNull();
});

test("reports that nobody looks at cost no copy of those before them", () => {
  let copies = 0;
  const first = Object.assign([{ step: 5, value: 1 }], {
    *[Symbol.iterator]() {
      copies++;
      yield { step: 5, value: 1 };
    },
  });
  const known = new KnownReports();
  known.set("a", { changed: 0, reports: first });
  for (const [from, step] of [7, 3, 9].entries()) {
    known.grow({ token: "a", from, to: from + 1, added: [{ step, value: 0 }] });
  }
  expect(copies).toBe(0);
  expect(known.get("a", 2)).toBeNull();
  expect(known.get("a", 3)?.map(({ step }) => step)).toEqual([3, 5, 7, 9]);
  expect(known.get("a", 3)).toBe(known.get("a", 3));
  expect(copies).toBe(1);
});

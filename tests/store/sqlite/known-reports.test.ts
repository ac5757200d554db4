import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
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

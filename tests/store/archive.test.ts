import { readdir } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkArchive, formatArchive, parseArchive } from "../../src/store/archive.ts";
import { memoryStore } from "../../src/store/memory.ts";
import { openStore } from "../../src/store/open.ts";
import type { Store } from "../../src/store/store.ts";
import type { StudyArchive } from "../../src/store/study-record.ts";
import type { Outcome } from "../../src/trial/outcome.ts";
import { anyText } from "../any-text.ts";
import { thrownBy } from "../thrown-by.ts";
import { addComplete, SETTINGS, specOf, temporaryFolder } from "./fixtures.ts";

/** Every finite x is of it, as a store keeps what it is given. */
const ANY = { x: { normal: [0, 1] } } as const;

interface Step {
  readonly x: number;
  readonly origin: "sampler" | "enqueued" | "asked";
  readonly reports: readonly (readonly [step: number, value: number])[];
  readonly outcome: Outcome | null;
  readonly log: string;
  readonly file: Uint8Array | null;
}

const text = fc.oneof(anyText({ maxLength: 8 }), fc.constantFrom("$ train", "$NaN", "$$"));
const outcome: fc.Arbitrary<Outcome | null> = fc.oneof(
  fc.constant(null),
  fc.record({
    kind: fc.constant("complete" as const),
    losses: fc.tuple(fc.double()),
    metrics: fc.dictionary(text, fc.double(), { maxKeys: 2, noNullPrototype: true }),
    attributes: fc.dictionary(text, fc.oneof(text, fc.double(), fc.constant(null)), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  }),
  fc.record({ kind: fc.constant("pruned" as const), step: fc.nat() }),
  fc.record({ kind: fc.constant("failed" as const), reason: fc.constant("crash" as const), message: text }),
  fc.constantFrom<Outcome>({ kind: "lost" }, { kind: "handed-back" }, { kind: "cancelled" }),
);
const step: fc.Arbitrary<Step> = fc.record({
  x: fc.double({ noNaN: true, noDefaultInfinity: true }),
  origin: fc.constantFrom("sampler", "enqueued", "asked"),
  reports: fc.array(fc.tuple(fc.nat(9), fc.double()), { maxLength: 3 }),
  outcome,
  log: text,
  file: fc.oneof(fc.constant(null), fc.uint8Array({ maxLength: 5 })),
});

/** Lives a study through: each step is a trial. */
async function live(store: Store, steps: readonly Step[]): Promise<void> {
  const { id } = await store.createStudy({ ...specOf("study"), space: ANY }, SETTINGS);
  for (const { x, origin, reports, outcome: ending, log, file } of steps) {
    const reservation = { expectedNumber: null, basis: 0, assignment: { x }, memo: [log], origin };
    const reserved = await store.reserve("study", reservation);
    if (reserved.kind !== "reserved") continue;
    const { number } = reserved.trial;
    const holder = { host: "h", pid: 1, started: "s", slot: origin === "asked" ? -1 : 0 };
    await store.claim("study", number, { holder, leaseMs: 1000, version: null });
    for (const [at, value] of reports) await store.report("study", number, { attempt: 1 }, [{ step: at, value }]);
    if (file !== null) await store.artifacts.of(id, number, 1).write("file", file);
    if (ending !== null) await store.commit("study", number, { attempt: 1 }, { outcome: ending, log });
  }
}

/** The archive without what an import makes new. */
function essence({ study: { id: _, ...study }, ...archive }: StudyArchive): unknown {
  return { ...archive, study };
}

test("a study moves between memory and SQLite, as a file too, without loss", async () => {
  const sqlite = await openStore(`${await temporaryFolder()}/s.db`);
  const moving = fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
    const memory = memoryStore();
    await live(memory, steps);
    const archive = await memory.exportStudy("study");
    await sqlite.importStudy(parseArchive(formatArchive(archive)));
    const moved = await sqlite.exportStudy("study");
    await sqlite.deleteStudy("study");
    expect(essence(moved)).toStrictEqual(essence(archive));
    const back = memoryStore();
    await back.importStudy(moved);
    expect(essence(await back.exportStudy("study"))).toStrictEqual(essence(archive));
  });
  await fc.assert(moving, { numRuns: 40 });
  await sqlite.close();
});

describe("reading an archive", () => {
  test.each([
    ["{", "it is not JSON"],
    ["{}", '"format": "parzen-study"'],
    ['{"format":"parzen-study","version":7}', "version 7 is not known"],
    ['{"format":"parzen-study","version":1}', "study: "],
  ])("%s is refused", (given, message) => {
    const error = thrownBy(() => parseArchive(given));
    expect(error).toMatchObject({ code: "DATA_INVALID", message: expect.stringContaining(message) });
  });

  test("a study of very many trials is read", async () => {
    const store = memoryStore();
    await store.createStudy(specOf("study"), SETTINGS);
    await addComplete(store, "study");
    const { study, trials, ...archive } = await store.exportStudy("study");
    const many = Array.from({ length: 150_000 }, (_, number) => ({ ...trials[0], number }));
    const large = { ...archive, study: { ...study, nextNumber: many.length }, trials: many } as StudyArchive;
    expect(checkArchive(large).trials).toHaveLength(many.length);
  });

  test("a space that nothing could be drawn from is refused", async () => {
    const store = memoryStore();
    await store.createStudy(specOf("study"), SETTINGS);
    await addComplete(store, "study");
    const archive = await store.exportStudy("study");
    const wrong = { ...archive, study: { ...archive.study, space: { x: { uniform: [2, 1] } } } };
    expect(thrownBy(() => parseArchive(formatArchive(wrong as StudyArchive)))).toMatchObject({ code: "SPACE_INVALID" });
  });
});

test("an archive from before there were relations has none", async () => {
  const store = memoryStore();
  await store.createStudy({ ...specOf("study"), where: ["x < 9"] }, SETTINGS);
  const { study, ...archive } = await store.exportStudy("study");
  const { where, ...older } = study;
  expect(where).toEqual(["x < 9"]);
  expect(checkArchive({ ...archive, study: older }).study.where).toEqual([]);
});

test("the files of a trial are those of its newest attempt, in an archive and where it is restored", async () => {
  const store = await openStore(join(await temporaryFolder(), "parzen.db"));
  const { id } = await store.createStudy(specOf("study"), SETTINGS);
  const reservation = { expectedNumber: null, basis: 0, assignment: { x: 1 }, memo: null, origin: "asked" } as const;
  await store.reserve("study", reservation);
  for (const attempt of [1, 2]) {
    await store.claim("study", 0, { holder: { host: "h", pid: 1, started: "s", slot: 0 }, leaseMs: 1, version: null });
    await store.artifacts.of(id, 0, attempt).write("model", new Uint8Array([attempt]));
    await store.commit("study", 0, { attempt }, { outcome: { kind: "lost" }, log: "" });
  }
  expect((await store.exportStudy("study")).artifacts).toEqual({ "0/model": "Ag==" });
  // Lost before it came to begin with them.
  await store.claim("study", 0, { holder: { host: "h", pid: 1, started: "s", slot: 0 }, leaseMs: 1, version: null });
  const copy = await store.importStudy(await store.exportStudy("study"), "copy");
  expect(await store.artifacts.of(copy.id, 0, 3).read("model")).toEqual(new Uint8Array([2]));
  await store.close();
});

test("of two imports at once under one name, the one that is refused leaves no files", async () => {
  const folder = await temporaryFolder();
  const store = await openStore(join(folder, "parzen.db"));
  const { id } = await store.createStudy(specOf("study"), SETTINGS);
  await addComplete(store, "study");
  await store.artifacts.of(id, 0, 1).write("model", new Uint8Array([1]));
  const archive = await store.exportStudy("study");
  const both = await Promise.allSettled([store.importStudy(archive, "copy"), store.importStudy(archive, "copy")]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const copy = await store.findStudy("copy");
  await store.close();
  expect((await readdir(join(folder, "artifacts"))).sort()).toEqual([id, copy?.id].sort());
});

import { expect, test } from "vitest";
import { formatArchive, parseArchive } from "../../src/store/archive.ts";
import { memoryStore } from "../../src/store/memory.ts";
import type { StudyArchive } from "../../src/store/study-record.ts";
import { createStudy } from "../../src/study/open.ts";
import { thrownBy } from "../thrown-by.ts";

const SPACE = {
  lr: { uniform: [0, 1] },
  constructor: { normal: [0, 1] }, // a name that every object has
  optimizer: { choice: [{ type: "sgd", momentum: { uniform: [0, 1] } }, { type: "adam" }] },
};
const PARAMS = { lr: 0.5, constructor: -1e300, optimizer: { type: "sgd", momentum: 0.9 } };

/** A study of four trials, complete, pruned, running and queued, with a test and a known result, as users make it. */
async function exported(): Promise<StudyArchive> {
  const store = memoryStore();
  const fidelity = { name: "epochs", min: 1, max: 9, eta: 3 };
  const study = await createStudy({ store, space: SPACE, fidelity, direction: "maximize", seed: 1 });
  for (let ask = 0; ask < 3; ask++) await study.ask();
  for (const [step, value] of [1, Number.NaN, Number.POSITIVE_INFINITY].entries()) await study.report(1, step, value);
  await study.tell(0, { loss: 5, metrics: { constructor: 1, prototype: 2 } });
  await study.tell(1, { pruned: true });
  await study.enqueue(PARAMS as never); // a space without its literal types
  await study.enqueue(PARAMS as never, { loss: 3 });
  await study.enqueue(PARAMS as never, { loss: Number.NaN });
  await store.recordTest("study", 0, { accuracy: 0.9 });
  await store.renameStudy("study", "renamed");
  return store.exportStudy("renamed");
}

/** What somebody may do to a file: its values without their types. */
type Edit = (file: Loose) => unknown;
// biome-ignore lint/suspicious/noExplicitAny: a file is edited without types
type Loose = any;

/** Stands for lists in lists, which are too many to be written down by recursion. */
const NESTED = "1e+99";

const EDITS: readonly (readonly [what: string, edit: Edit, message: string])[] = [
  [
    "a param that is missing",
    (file) => delete file.trials[3].assignment.lr,
    "trials.3.assignment: lr: missing, expected a number",
  ],
  ["a param that is not there", (file) => (file.trials[0].assignment.lr2 = 1), "trials.0.assignment: lr2: "],
  [
    "a value out of bounds",
    (file) => (file.trials[1].assignment.lr = 7),
    "trials.1.assignment: lr: expected a number from",
  ],
  [
    "an option that is not there",
    (file) => (file.trials[3].assignment.optimizer = 2),
    "trials.3.assignment: optimizer: ",
  ],
  ["half an option", (file) => (file.trials[3].assignment.optimizer = 0.5), "trials.3.assignment: optimizer: "],
  ["a value that is NaN", (file) => (file.trials[0].assignment.lr = "$NaN"), "trials.0.assignment"],
  [
    "a known result of other params",
    (file) => (file.imported[1].assignment = {}),
    "imported.1.assignment: constructor: missing, expected a finite number",
  ],
  ["a list for params", (file) => (file.trials[0].assignment = []), "trials.0.assignment"],
  [
    "reports out of order",
    (file) => file.trials[1].reports.reverse(),
    "trials.1.reports: expected steps in ascending order",
  ],
  [
    "a report that is there twice",
    (file) => file.trials[1].reports.push(file.trials[1].reports[2]),
    "trials.1.reports",
  ],
  ["a fidelity below 0", (file) => (file.trials[2].fidelity = -3.5), "trials.2.fidelity"],
  ["a fidelity of nothing", (file) => (file.imported[0].fidelity = 0), "imported.0.fidelity"],
  ["a fidelity beyond the study's", (file) => (file.trials[2].fidelity = 10), "trials.2.fidelity: expected at most 9"],
  ["rungs that never end", (file) => (file.study.fidelity.eta = 1), "study.fidelity.eta: expected an integer from 2"],
  ["rungs upside down", (file) => (file.study.fidelity.min = 9), "study.fidelity.min: expected less than max"],
  ["a number of trials below 0", (file) => (file.study.settings.maxTrials = -3), "study.settings.maxTrials"],
  ["half a trial", (file) => (file.study.settings.patience = 0.5), "study.settings.patience"],
  ["a time of nothing", (file) => (file.study.settings.timeoutMs = 0), "study.settings.timeoutMs"],
  ["a time without end", (file) => (file.study.settings.trialTimeoutMs = "$Infinity"), "study.settings.trialTimeoutMs"],
  ["no failure that counts", (file) => (file.study.settings.maxFailures = 0), "study.settings.maxFailures"],
  ["a seed below 0", (file) => (file.study.seed = -1), "study.seed"],
  ["a test of a trial that is not there", (file) => (file.study.tests[0].trial = 4), "study.tests.0.trial: expected"],
  ["a trial twice", (file) => file.trials.splice(1, 0, file.trials[1]), "trials.2.number: expected 2, received 1"],
  ["a running trial without a holder", (file) => delete file.trials[2].holder, "trials.2.holder"],
  ["a queued trial with a loss", (file) => (file.trials[3].losses = [1]), "trials.3.losses"],
  ["a loss that is NaN", (file) => (file.trials[0].losses = ["$NaN"]), "trials.0.losses"],

  ["known results out of order", (file) => file.imported.reverse(), "imported.1.importedAt: expected"],
  ["a moment that no calendar has", (file) => (file.trials[0].finishedAtMs = 1e300), "trials.0.finishedAtMs"],
  ["an end before the beginning", (file) => (file.trials[0].committedAt = 0), "trials.0.committedAt"],
  ["a number before the first", (file) => (file.trials[3].reservedAt = 0), "trials.3.reservedAt"],
  ["an import before the first", (file) => (file.imported[0].importedAt = 0), "imported.0.importedAt"],
  ["a version that is none", (file) => (file.version = {}), "version {} is not known, only version 1"],
  ["a state that is a whole log", (file) => (file.study.control = "x".repeat(5000)), "study.control: Invalid type: "],
  ["a note that no stack holds", (file) => (file.study.notes.deep = 1e99), "something in it is nested too deep"],
  ["a file without a name", (file) => (file.artifacts["0/.."] = "AAAA"), "artifacts.0/..: expected"],
];

test.each(EDITS)(
  "an archive with %s is refused where it is, before anything is written",
  async (_what, edit, message) => {
    const file = JSON.parse(formatArchive(await exported()));
    edit(file);
    const error = thrownBy(() =>
      parseArchive(JSON.stringify(file).replace(NESTED, "[".repeat(50_000) + "]".repeat(50_000))),
    );
    expect(String(error).length).toBeLessThan(400);
    expect(error).toMatchObject({
      code: "DATA_INVALID",
      message: expect.stringContaining(`study archive: ${message}`),
    });
  },
);

test("what this version exports it imports, with names that every object has", async () => {
  const archive = await exported();
  const store = memoryStore();
  await store.importStudy(parseArchive(formatArchive(archive)));
  const again = await store.exportStudy("renamed");
  expect({ ...again, study: { ...again.study, id: archive.study.id } }).toEqual(archive);
  expect(again.trials[0]).toMatchObject({ metrics: { constructor: 1, prototype: 2 } });
});

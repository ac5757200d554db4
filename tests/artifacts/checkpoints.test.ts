import fc from "fast-check";
import { expect, test } from "vitest";
import type { TrialFiles } from "../../src/artifacts/artifacts.ts";
import { Checkpoints, removeCheckpoints } from "../../src/artifacts/checkpoints.ts";
import { directoryArtifacts } from "../../src/artifacts/directory.ts";
import { memoryArtifacts } from "../../src/artifacts/memory.ts";
import type { Verdict } from "../../src/trial/report.ts";
import { temporaryFolder } from "../store/fixtures.ts";
import { rejectionOf } from "../thrown-by.ts";

/** What a store knows of one trial's checkpoints, over all its attempts. */
class Trial {
  noted: number | null = null;
  verdict: Verdict = "continue";
  readonly files: TrialFiles;

  constructor(files: TrialFiles = memoryArtifacts().of("study", 0, 1)) {
    this.files = files;
  }

  attempt(attempt: number, files: TrialFiles = this.files): Checkpoints {
    const note = async (step: number): Promise<Verdict> => {
      if (this.verdict !== "cancel") this.noted = Math.max(this.noted ?? -1, step);
      return this.verdict;
    };
    return new Checkpoints({ files, attempt, resumedFrom: this.noted, note });
  }
}

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

/** Files of which the write or removal number `fatal` never happens, nor any later one. */
function dying(files: TrialFiles, fatal: number): TrialFiles {
  let done = 0;
  const live = <A extends unknown[]>(act: (...args: A) => Promise<void>) => {
    return async (...args: A): Promise<void> => {
      if (done++ >= fatal) throw new Error("killed");
      await act(...args);
    };
  };
  return { ...files, write: live(files.write), removeFile: live(files.removeFile) };
}

test("a checkpoint comes back as it was saved, in the attempt that saved it and in the next", async () => {
  const trial = new Trial(directoryArtifacts(await temporaryFolder()).of("study", 0, 1));
  const first = trial.attempt(1);
  expect(await first.load()).toBeNull();
  expect(await first.save(0, bytes(1, 2))).toBe("continue");
  expect(await first.load()).toEqual({ step: 0, files: { checkpoint: bytes(1, 2) } });
  const files = { "weights/0.bin": bytes(3), "": bytes(), __proto__x: bytes(4) };
  await first.save(7, files);
  expect(await trial.attempt(2).load()).toEqual({ step: 7, files });
});

test("a save replaces the one before it, and leaves all other files alone", async () => {
  const trial = new Trial();
  await trial.files.write("checkpoint.pt", bytes(1));
  await trial.files.write("checkpoint.1", bytes(1));
  const { save } = trial.attempt(1);
  for (const step of [1, 2, 2, 5]) await save(step, { a: bytes(step), b: bytes(step) });
  expect(await trial.files.list()).toEqual([
    "checkpoint.1",
    "checkpoint.5.1.3.0",
    "checkpoint.5.1.3.1",
    "checkpoint.5.1.3.whole",
    "checkpoint.pt",
  ]);
  await removeCheckpoints(trial.files);
  expect(await trial.files.list()).toEqual(["checkpoint.1", "checkpoint.pt"]);
});

test("saves that were not awaited take their turns, with the bytes of their moment", async () => {
  const trial = new Trial();
  const { save, load } = trial.attempt(1);
  const state = bytes(0);
  const saves = [0, 1, 2].map((step) => {
    state[0] = step;
    return save(step, state);
  });
  expect(await load()).toEqual({ step: 2, files: { checkpoint: bytes(2) } });
  await Promise.all(saves);
});

test("an attempt that was held up in its save leaves alone what the next one saved, which began anew", async () => {
  const trial = new Trial();
  const list = async (): Promise<readonly string[]> => {
    await trial.attempt(2).save(0, bytes(2));
    return trial.files.list();
  };
  await trial.attempt(1, { ...trial.files, list }).save(5, bytes(1));
  expect(await trial.attempt(3).load()).toEqual({ step: 0, files: { checkpoint: bytes(2) } });
});

test("killed at whatever write, the next attempt goes on from a checkpoint that the store knows, whole", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(30), { minLength: 1, maxLength: 6 }), async (deaths) => {
      const trial = new Trial();
      let step = 0;
      for (const [index, fatal] of deaths.entries()) {
        const { load, save } = trial.attempt(index + 1, dying(trial.files, fatal));
        const saved = await load();
        expect(saved?.step ?? null).toBe(trial.noted);
        const begun = bytes(saved?.step ?? 0);
        expect(saved?.files).toEqual(saved === null ? undefined : { a: begun, b: begun });
        step = (saved?.step ?? -1) + 1;
        for (; step < 100; step++) {
          const now = bytes(step);
          if (
            await save(step, { a: now, b: now }).then(
              () => false,
              () => true,
            )
          )
            break;
        }
      }
    }),
  );
});

test("an attempt that is no longer the trial's takes its own files away and nobody else's", async () => {
  const trial = new Trial();
  const late = trial.attempt(1);
  await late.save(1, bytes(1));
  const present = trial.attempt(2);
  await present.save(4, bytes(4));
  trial.verdict = "cancel";
  expect(await late.save(9, bytes(9))).toBe("cancel");
  expect(await late.save(4, bytes(9))).toBe("cancel");
  trial.verdict = "continue";
  expect(await trial.attempt(3).load()).toEqual({ step: 4, files: { checkpoint: bytes(4) } });
  expect(await trial.files.list()).toHaveLength(2);
});

test("an attempt that began anew leaves nothing of those before it, and is gone on from although it is behind them", async () => {
  const trial = new Trial();
  await trial.attempt(1).save(5, bytes(5));
  await trial.attempt(2).save(0, bytes(0));
  expect(await trial.files.list()).toEqual(["checkpoint.0.2.0.0", "checkpoint.0.2.0.whole"]);
  expect(await trial.attempt(3).load()).toEqual({ step: 0, files: { checkpoint: bytes(0) } });
});

test("a checkpoint with a missing or spoilt file is none", async () => {
  const trial = new Trial();
  await trial.attempt(1).save(1, { a: bytes(1), b: bytes(2) });
  await trial.files.removeFile("checkpoint.1.1.0.1");
  expect(await trial.attempt(2).load()).toBeNull();
  for (const spoilt of ["", "{", "null", '{"v":2,"names":[]}', '{"v":1,"names":[1]}']) {
    await trial.files.write("checkpoint.1.1.0.whole", new TextEncoder().encode(spoilt));
    expect(await trial.attempt(2).load()).toBeNull();
  }
});

test("what the store never heard of is gone on from only where what it knows has gone", async () => {
  const trial = new Trial();
  const first = trial.attempt(1);
  await first.save(3, bytes(3));
  trial.noted = null;
  expect(await trial.attempt(2).load()).toBeNull();
  trial.noted = 2;
  expect(await trial.attempt(2).load()).toEqual({ step: 3, files: { checkpoint: bytes(3) } });
  await trial.attempt(2).save(2, bytes(2));
  trial.noted = 2;
  expect(await trial.attempt(3).load()).toEqual({ step: 2, files: { checkpoint: bytes(2) } });
});

test.each([
  [-1, bytes()],
  [0.5, bytes()],
  ["1", bytes()],
  [1, "bytes"],
  [1, null],
  [1, { a: "bytes" }],
])("save(%j, %j) is refused, and says what is expected", async (step, files) => {
  const { save } = new Trial().attempt(1);
  expect(await rejectionOf(() => save(step as number, files as Uint8Array))).toMatchObject({
    code: "OPTION_INVALID",
    message: expect.stringMatching(/^trial\.checkpoint\.save\(step, files\): expected (step|files)/),
  });
});

test("what is no checkpoint is refused, and the message reads as a sentence", async () => {
  const { save } = new Trial().attempt(1);
  const rejection = await rejectionOf(() => save(0, "weights" as never));
  expect(rejection).toMatchObject({
    code: "OPTION_INVALID",
    message:
      'trial.checkpoint.save(step, files): expected files to be bytes, or an object of bytes by name, received "weights"',
  });
});

import { expect, it } from "vitest";
import { readNotes } from "../../../cli/study/notes.ts";
import { createStudy, hp, openStudy } from "../../../src/index.ts";
import type { StudyRecord } from "../../../src/store/study-record.ts";
import { parzenInOne } from "../one-process.ts";
import { emptyFolder, parzen } from "../parzen.ts";
import { writeSweep } from "../running.ts";
import { storeIn } from "../small-study.ts";

it("accept takes over the code alone: the study's own command and limits stay as its last run noted them", async () => {
  const cwd = emptyFolder();
  const noted = async (): Promise<StudyRecord> => {
    const study = await openStudy({ name: "sweep", store: storeIn(cwd) });
    const record = await study.refresh();
    await study.close();
    return record;
  };
  writeSweep(cwd, "return x;", "maxTrials: 2");
  expect(await parzenInOne(["run", "sweep.mjs", "--slots", "2"], { cwd })).toMatchObject({ code: 0 });
  const before = await noted();
  writeSweep(cwd, "return x + 1;", "maxTrials: 5");
  const accepted = await parzen(["accept", "sweep", "sweep.mjs"], { cwd });
  expect(accepted).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/ from its next trial on\nbefore: .*\n {2}changed /),
  });
  const now = await noted();
  expect(readNotes(now).version).not.toBe(readNotes(before).version);
  for (const { resume, limits } of [readNotes(before), readNotes(now)]) {
    expect({ resume, limits }).toMatchObject({ resume: "parzen run sweep.mjs --slots 2", limits: { maxTrials: 2 } });
  }
  await parzen(["run", "sweep.mjs"], { cwd });
  expect((await noted()).settings.maxTrials).toBe(5); // it was edited, and a run is what takes that over
});

it("accept of a study that a program began notes the command that runs it", async () => {
  const cwd = emptyFolder();
  writeSweep(cwd, "return x;", "maxTrials: 2");
  await (await createStudy({ name: "sweep", store: storeIn(cwd), space: { x: hp.uniform(0, 1) } })).close();
  const accepted = await parzenInOne(["accept", "sweep", "sweep.mjs"], { cwd });
  expect(accepted).toMatchObject({ code: 0, stdout: expect.stringMatching(/^before: nothing$/m) });
  expect((await parzenInOne(["status"], { cwd })).stdout).toMatch(/^ +go on +parzen run sweep\.mjs/m);
});

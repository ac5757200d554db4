import { expect, it } from "vitest";
import { trialLine } from "../../../cli/run/lines.ts";
import { etaMs } from "../../../cli/study/eta.ts";
import { trialRows } from "../../../cli/trials/rows.ts";
import { createStudy, hp } from "../../../src/index.ts";
import { compileSpace } from "../../../src/space/compile.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import { StudyView } from "../../../src/study/view/view.ts";

const HOUR_MS = 3_600_000;
const space = { x: hp.uniform(0, 1) };

it("a trial in whose time the clock was set back took a time that nobody knows", async () => {
  let nowMs = 10 * HOUR_MS;
  const store = memoryStore({ now: () => nowMs });
  const study = await createStudy({ name: "clock", space, store, maxTrials: 4 });
  for (const passedMs of [1000, -HOUR_MS]) {
    const asked = await study.ask();
    nowMs += passedMs;
    await study.tell(asked?.number ?? -1, 1);
  }
  const trials = await study.trials();
  const at = { finished: 2, total: 4 };
  const lines = trials.map((trial) => trialLine(trial, false, at));
  expect(lines).toEqual([expect.stringMatching(/#0 1 in 1s$/), expect.stringMatching(/#1 1$/)]);
  const { titles, rows } = trialRows(trials, compileSpace(space));
  expect(rows.map((row) => row[titles.indexOf("durationMs")])).toEqual([1000, null]);

  await study.ask();
  nowMs -= HOUR_MS;
  const { study: record } = await store.snapshot("clock", 0);
  const view = new StudyView(record);
  await view.refresh(store);
  expect(etaMs(view, 1)).toBe(2000); // one trial that runs, and one to come
  await study.close();
});

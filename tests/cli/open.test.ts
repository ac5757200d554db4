import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openForRun } from "../../cli/run/open.ts";
import { planRun } from "../../cli/run/plan.ts";
import { openStore } from "../../src/index.ts";
import { emptyFolder } from "./parzen.ts";
import { storeIn } from "./small-study.ts";

it("two runs that begin a study at once have one between them, and try its defaults once", async () => {
  const cwd = emptyFolder();
  const sweep = 'command: [echo, "loss={x}"]\nspace: { x: { uniform: [0, 1] } }\ndefaults: { x: 0.5 }\nmaxTrials: 3\n';
  writeFileSync(join(cwd, "sweep.yaml"), sweep);
  const store = await openStore(storeIn(cwd));
  const plan = await planRun(join(cwd, "sweep.yaml"), { store: storeIn(cwd) });
  const opened = await Promise.all([openForRun(store, plan), openForRun(store, plan)]);
  expect(opened.map(({ study }) => study.name)).toEqual(["sweep", "sweep"]);
  const [study] = await store.listStudies();
  expect(study).toMatchObject({ name: "sweep", nextNumber: 1 });
  await store.close();
});

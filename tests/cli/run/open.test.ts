import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openForRun } from "../../../cli/run/open.ts";
import { planRun, type RunPlan } from "../../../cli/run/plan.ts";
import { openStore, type Store } from "../../../src/index.ts";
import { emptyFolder } from "../parzen.ts";
import { storeIn } from "../small-study.ts";

async function planIn(cwd: string): Promise<{ readonly store: Store; readonly plan: RunPlan }> {
  const sweep = 'command: [echo, "loss={x}"]\nspace: { x: { uniform: [0, 1] } }\ndefaults: { x: 0.5 }\nmaxTrials: 3\n';
  writeFileSync(join(cwd, "sweep.yaml"), sweep);
  return {
    store: await openStore(storeIn(cwd)),
    plan: await planRun(join(cwd, "sweep.yaml"), { store: storeIn(cwd) }),
  };
}

it("two runs that begin a study at once have one between them, and try its defaults once", async () => {
  const { store, plan } = await planIn(emptyFolder());
  const opened = await Promise.all([openForRun(store, plan), openForRun(store, plan)]);
  expect(opened.map(({ study }) => study.name)).toEqual(["sweep", "sweep"]);
  const [study] = await store.listStudies();
  expect(study).toMatchObject({ name: "sweep", nextNumber: 1 });
  await store.close();
});

it("a run that finds the study of another one, which is about to enqueue the defaults, tries them once as well", async () => {
  const { store, plan } = await planIn(emptyFolder());
  const note: Store["note"] = async (...given) => {
    await openForRun(store, plan);
    return store.note(...given);
  };
  const own = (method: unknown): unknown => (typeof method === "function" ? method.bind(store) : method);
  const first = new Proxy(store, { get: (_, key) => (key === "note" ? note : own(Reflect.get(store, key, store))) });
  await openForRun(first, plan);
  expect(await store.findStudy("sweep")).toMatchObject({ nextNumber: 1 });
  await store.close();
});

import { expect, it } from "vitest";
import { openForRun } from "../../../cli/run/open.ts";
import type { RunPlan } from "../../../cli/run/plan.ts";
import { readNotes } from "../../../cli/study/notes.ts";
import { createStudy, openStore, type Store } from "../../../src/index.ts";
import { emptyFolder } from "../parzen.ts";
import { storeIn } from "../small-study.ts";
import { ECHO, planIn } from "./planned.ts";

/** More than are written in one go. */
const RESULTS = 501;

/** A store with a study of so many results. */
async function storeWith(giver: string): Promise<Store> {
  const store = await openStore(storeIn(emptyFolder()));
  await createStudy({ name: giver, store, space: { x: { uniform: [0, 1] } } });
  const known = (x: number) => ({ assignment: { x }, reports: [], result: { kind: "complete", losses: [x] } }) as const;
  await store.importObservations(
    giver,
    Array.from({ length: RESULTS }, (_, at) => known(at / RESULTS)),
  );
  return store;
}

/** What a kill would leave of the study "sweep": its results, and the command that goes on with it. */
interface Left {
  readonly id: string;
  readonly results: number;
  readonly resume: string | undefined;
}

/** Opens the study, and gives what was left of it after each call of the store. */
async function leftOf(store: Store, plan: RunPlan): Promise<readonly Left[]> {
  const left: Left[] = [];
  const look = async (): Promise<void> => {
    const study = await store.findStudy("sweep");
    if (study === null) return;
    const { imported } = await store.snapshot("sweep", 0);
    left.push({ id: study.id, results: imported.length, resume: readNotes(study).resume });
  };
  const watched = new Proxy(store, {
    get: (_, key) => {
      const own: unknown = Reflect.get(store, key, store);
      if (typeof own !== "function") return own;
      return async (...given: readonly unknown[]): Promise<unknown> => {
        const answer: unknown = await own.apply(store, given);
        await look();
        return answer;
      };
    },
  });
  await openForRun(watched, plan);
  return left;
}

it("run --fresh that was killed once it had renamed the old study takes over its results when it is repeated", async () => {
  const store = await storeWith("sweep");
  for (const name of ["sweep.2026-01-02T03-04-05-10", "sweeper.9999-01-02T03-04-05"]) {
    await createStudy({ name, store, space: { x: { uniform: [0, 1] } } });
  }
  const plan = await planIn(emptyFolder(), ECHO, { fresh: true, from: ["sweep"] });
  const dying = new Proxy(store, {
    get: (_, key) => {
      if (key === "importStudy") return () => Promise.reject(new Error("killed"));
      const own: unknown = Reflect.get(store, key, store);
      return typeof own === "function" ? own.bind(store) : own;
    },
  });
  await expect(openForRun(dying, plan)).rejects.toThrow("killed");
  expect(await store.findStudy("sweep")).toBeNull();
  const { from, renamed } = await openForRun(store, plan);
  expect(renamed).toBeNull();
  expect(from).toMatchObject([{ study: expect.stringMatching(/^sweep\.\d/), taken: RESULTS }]);
  expect((await store.listStudies()).map(({ name }) => name)).toContain("sweep");
  await store.close();
});

it("a run that is killed at any moment leaves no new study with a part of what it takes over", async () => {
  const store = await storeWith("train");
  const left = await leftOf(store, await planIn(emptyFolder(), ECHO, { from: ["train"] }));
  expect(new Set(left.map(({ results }) => results))).toEqual(new Set([RESULTS]));
  await store.close();
});

it("nor does one that takes over from the study that it renames", async () => {
  const store = await storeWith("sweep");
  const { id: old } = (await store.findStudy("sweep")) ?? { id: "" };
  const left = await leftOf(store, await planIn(emptyFolder(), ECHO, { fresh: true, from: ["sweep"] }));
  const anew = left.filter(({ id }) => id !== old);
  expect(new Set(anew.map(({ results }) => results))).toEqual(new Set([RESULTS]));
  expect(anew.map(({ resume }) => resume)).not.toContain(undefined);
  await store.close();
});

it("runs that begin anew at once rename the old study once, and share the new one", async () => {
  const store = await storeWith("sweep");
  const { id: old } = (await store.findStudy("sweep")) ?? { id: "" };
  const plan = await planIn(emptyFolder(), ECHO, { fresh: true });
  const opened = await Promise.all([openForRun(store, plan), openForRun(store, plan)]);
  const [, other, ...more] = await store.listStudies();
  expect(more).toEqual([]);
  const ids = await Promise.all(opened.map(async ({ study }) => (await study.refresh()).id));
  expect(ids).toEqual([other?.id, other?.id]);
  const renamed = opened.flatMap((each) => each.renamed ?? []);
  expect(await Promise.all(renamed.map((name) => store.findStudy(name)))).toMatchObject([{ id: old }]);
  await store.close();
});

it("the command that goes on with a study takes over the rest where a run was killed over it", async () => {
  const store = await storeWith("train");
  const cwd = emptyFolder();
  await openForRun(store, await planIn(cwd, ECHO));
  const left = await leftOf(store, await planIn(cwd, ECHO, { from: ["train"] }));
  const partly = left.filter(({ results }) => results > 0 && results < RESULTS);
  expect(partly.length).toBeGreaterThan(0);
  for (const { resume } of partly) expect(resume).toMatch(/ --from train$/);
  expect(left.at(-1)?.resume).not.toContain("--from");
  await store.close();
});

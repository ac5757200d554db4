import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { compileSpace, createStudy, decode, hp } from "../../src/index.ts";

type Figure = number | "nan";
interface Golden {
  readonly best_trial: readonly {
    readonly results: readonly { readonly status: string; readonly loss?: Figure }[];
    readonly best_tid: number;
  }[];
  readonly trials_argmin: Readonly<Record<string, number>>;
  readonly trials_space_eval: unknown;
  readonly trial_documents: readonly {
    readonly misc: { readonly vals: Readonly<Record<string, readonly number[]>> };
  }[];
}

const golden: Golden = JSON.parse(readFileSync(new URL("../golden/hyperopt-tpe.json", import.meta.url), "utf8"));

it.each(golden.best_trial)("finds Hyperopt's best trial among $results", async ({ results, best_tid }) => {
  const study = await createStudy({ space: { x: hp.uniform(0, 1) } });
  for (const { status, loss } of results) {
    const asked = await study.ask();
    if (asked === null) throw new Error("nothing to ask for");
    if (status !== "ok" || loss === undefined) await study.tell(asked.number, { failed: "told so" });
    else await study.tell(asked.number, loss === "nan" ? Number.NaN : loss);
  }
  expect((await study.best())?.number).toBe(best_tid);
});

const space = compileSpace({
  arch: hp.choice([{ t: "mlp", n: hp.randint(10) }, { t: "linear" }]),
  lr: hp.uniform(0, 1),
});

it("evaluates an assignment as space_eval does", () => {
  const { arch, lr, n } = golden.trials_argmin;
  const assignment = { arch: arch ?? Number.NaN, lr: lr ?? Number.NaN, "arch.mlp.n": n ?? Number.NaN };
  const params = decode(space, assignment) as { arch: unknown };
  expect(params).toMatchObject({ arch: (golden.trials_space_eval as { arch: unknown }).arch });
});

it("leaves out the inactive params that Hyperopt's documents hold as empty lists", () => {
  for (const { misc } of golden.trial_documents) {
    const active = Object.entries(misc.vals).flatMap(([label, values]) => (values.length === 0 ? [] : [label]));
    expect(active).not.toContain("n");
    expect(Object.keys(decode(space, { arch: 1, lr: 0.5 }) as object)).toEqual(["arch", "lr"]);
    expect(decode(space, { arch: 1, lr: 0.5 })).toEqual({ arch: { t: "linear" }, lr: 0.5 });
  }
});

import { hp } from "../../src/space/hp.ts";
import type { Given, ParamsOf } from "../../src/space/infer.ts";
import type { RootSpace, Space } from "../../src/space/node.ts";
import { type Equals, exact } from "./exact.ts";

// The helper itself can fail.
exact<Equals<string, string>>();
// @ts-expect-error string is not number
exact<Equals<string, number>>();
// @ts-expect-error readonly counts
exact<Equals<{ readonly a: 1 }, { a: 1 }>>();
// @ts-expect-error any equals nothing else
exact<Equals<unknown, never>>();

// Every numeric kind is a number.
const numbers = {
  a: hp.uniform(0, 1),
  b: hp.quniform(0, 1, 0.1),
  c: hp.loguniform(1e-5, 1),
  d: hp.qloguniform(1, 64, 1),
  e: hp.uniformint(1, 3),
  f: hp.normal(0, 1),
  g: hp.qnormal(0, 1, 0.5),
  h: hp.lognormal(0, 1),
  i: hp.qlognormal(0, 1, 1),
  j: hp.randint(9),
  k: hp.randint(1, 9),
};
type Numbers = ParamsOf<typeof numbers>;
exact<Equals<Numbers, { readonly [K in "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k"]: number }>>();
// @ts-expect-error a number is no text
exact<Equals<Numbers["a"], string>>();

// A choice of literals is their union.
const literals = {
  batch: hp.choice([16, 32, 64]),
  act: hp.pchoice([
    [0.7, "relu"],
    [0.3, "tanh"],
  ]),
  flag: hp.choice([true, false]),
  mixed: hp.choice(["auto", 3, null]),
  one: hp.choice(["only"]),
};
type Literals = ParamsOf<typeof literals>;
exact<Equals<Literals["batch"], 16 | 32 | 64>>();
exact<Equals<Literals["act"], "relu" | "tanh">>();
exact<Equals<Literals["flag"], boolean>>();
exact<Equals<Literals["mixed"], "auto" | 3 | null>>();
exact<Equals<Literals["one"], "only">>();
// @ts-expect-error 128 is no option
exact<Equals<Literals["batch"], 16 | 32 | 64 | 128>>();

// Constants, objects and lists keep their shape; `as const` keeps literals, without it they widen as anywhere.
const nested = {
  fixed: "adamw",
  model: { depth: hp.uniformint(1, 4), deep: { x: hp.uniform(0, 1), on: true } },
  layers: [hp.uniformint(8, 64), "dense", [hp.uniform(0, 1)]],
} as const;
type Nested = ParamsOf<typeof nested>;
exact<Equals<Nested["fixed"], "adamw">>();
exact<Equals<Nested["model"], { readonly depth: number; readonly deep: { readonly x: number; readonly on: true } }>>();
exact<Equals<Nested["layers"], readonly [number, "dense", readonly [number]]>>();
const widened = { fixed: "adamw", x: hp.uniform(0, 1) };
exact<Equals<ParamsOf<typeof widened>, { readonly fixed: string; readonly x: number }>>();
// @ts-expect-error a list of two is none of three
exact<Equals<Nested["layers"], readonly [number, "dense"]>>();

// A conditional choice is a discriminated union, at any depth.
const conditional = {
  optimizer: hp.choice([
    { type: "sgd", momentum: hp.uniform(0, 0.99), nesterov: hp.choice([true, false]) },
    {
      type: "adam",
      warmup: hp.choice([
        { kind: "none" },
        {
          kind: "linear",
          shape: hp.pchoice([
            [0.5, { name: "steps", steps: hp.uniformint(1, 100) }],
            [0.5, { name: "epochs", epochs: hp.uniform(0, 5) }],
          ]),
        },
      ]),
    },
  ]),
  layers: hp.choice([[hp.uniformint(8, 64)], [hp.uniformint(8, 64), hp.uniformint(8, 64)]]),
  depth: hp.choice([hp.uniform(0, 1), "none"]),
};
type Conditional = ParamsOf<typeof conditional>;
type Shape = { readonly name: "steps"; readonly steps: number } | { readonly name: "epochs"; readonly epochs: number };
type Warmup = { readonly kind: "none" } | { readonly kind: "linear"; readonly shape: Shape };
exact<
  Equals<
    Conditional["optimizer"],
    | { readonly type: "sgd"; readonly momentum: number; readonly nesterov: boolean }
    | { readonly type: "adam"; readonly warmup: Warmup }
  >
>();
exact<Equals<Conditional["layers"], readonly [number] | readonly [number, number]>>();
exact<Equals<Conditional["depth"], number | "none">>();

export function narrow({ optimizer }: Conditional): number {
  if (optimizer.type === "sgd") return optimizer.momentum;
  // @ts-expect-error momentum is a param of the other branch
  optimizer.momentum;
  const { warmup } = optimizer;
  // @ts-expect-error no such kind
  if (warmup.kind === "cosine") return 0;
  if (warmup.kind === "none") return 0;
  return warmup.shape.name === "steps" ? warmup.shape.steps : warmup.shape.epochs;
}

export function write(params: Literals): void {
  // @ts-expect-error params are read-only
  params.batch = 32;
}

// A space that is known only at run time has unknown params: nothing is promised that was not checked.
exact<Equals<ParamsOf<RootSpace>, { readonly [name: string]: unknown }>>();
exact<Equals<ParamsOf<Space>, unknown>>();
exact<Equals<ParamsOf<{ readonly known: RootSpace }>, { readonly known: { readonly [name: string]: unknown } }>>();
// @ts-expect-error they are not any
exact<Equals<ParamsOf<RootSpace>, { readonly [name: string]: number }>>();

// Options that are known only at run time: what they are of is known still.
declare const names: readonly string[];
const listed = {
  name: hp.choice(names),
  model: hp.choice(names.map((name) => ({ name, width: hp.uniformint(1, 8) }))),
  weighed: hp.pchoice(names.map((name) => [1 / names.length, name] as const)),
};
exact<
  Equals<
    ParamsOf<typeof listed>,
    {
      readonly name: string;
      readonly model: { readonly name: string; readonly width: number };
      readonly weighed: string;
    }
  >
>();

// `satisfies` checks a space and keeps what is inferred from it.
const satisfied = { x: hp.uniformint(1, 3), act: hp.choice(["relu", "tanh"]) } satisfies RootSpace;
exact<Equals<ParamsOf<typeof satisfied>, { readonly x: number; readonly act: "relu" | "tanh" }>>();

// What is no space does not compile.
// @ts-expect-error a choice needs an option
hp.choice([]);
// @ts-expect-error so does a weighed one
hp.pchoice([]);
// @ts-expect-error pairs, the probability first
hp.pchoice([["relu", 0.5]]);
// @ts-expect-error a function is no option
hp.choice([() => 1]);
// @ts-expect-error bounds are numbers
hp.uniform("0", 1);
// @ts-expect-error a grid needs its step
hp.quniform(0, 1);
// @ts-expect-error undefined is no constant
const _undefined: RootSpace = { x: undefined };
// @ts-expect-error nor is a date
const _date: RootSpace = { x: new Date() };

// Every builder takes what it takes and nothing more.
// @ts-expect-error a step is quniform's
hp.uniform(0, 1, 0.1);
// @ts-expect-error there are no labels
hp.uniform("x", 0, 1);
// @ts-expect-error q is missing
hp.quniform(0, 1);
// @ts-expect-error a third number
hp.randint(0, 8, 2);
// @ts-expect-error one list
hp.choice(["a"], ["b"]);
// @ts-expect-error there are no labels
hp.choice("act", ["a", "b"]);

// Of params that are enqueued, some may be left out.
type Enqueued = Given<{ readonly lr: number; readonly layers: readonly [16 | 32, number]; readonly kind: "a" | "b" }>;
exact<
  Equals<
    Enqueued,
    {
      readonly lr?: number | undefined;
      readonly layers?: readonly [16 | 32, number] | undefined;
      readonly kind?: "a" | "b" | undefined;
    }
  >
>();
exact<Equals<Given<unknown>, unknown>>();

import type { Study } from "../../src/study/study.ts";

type Params = {
  readonly lr: number;
  readonly net: { readonly kind: "a" } | { readonly kind: "b"; readonly w: number };
};

/** Params of a study whose space is not known here can be enqueued as they are. */
export async function again<P>(study: Study<P>, params: P): Promise<void> {
  await study.enqueue(params);
  await study.enqueue(params, { loss: 1 });
}

export async function some(study: Study<Params>): Promise<void> {
  await study.enqueue({ lr: 1 });
  await study.enqueue({ net: { kind: "b" } });
  // @ts-expect-error no such param
  await study.enqueue({ lrr: 1 });
  // @ts-expect-error a known result is of all params
  await study.enqueue({ lr: 1 }, { loss: 1 });
}

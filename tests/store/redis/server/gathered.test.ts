import { expect, test } from "vitest";
import { Gathered } from "../../../../src/store/redis/server/gathered.ts";

/** Answers each number with its double, and notes what came together. */
function doubling(): { readonly gathered: Gathered<number, number>; readonly made: (readonly number[])[] } {
  const made: (readonly number[])[] = [];
  const gathered = new Gathered(async (calls: readonly number[]) => {
    made.push(calls);
    return calls.map((call) => 2 * call);
  });
  return { gathered, made };
}

test("calls of one turn are made as one, in their order, with those that follow without waiting", async () => {
  const { gathered, made } = doubling();
  const first = gathered.call(1);
  const later = Promise.resolve().then(() => Promise.resolve().then(() => gathered.call(2)));
  expect(await Promise.all([first, later, gathered.call(3)])).toEqual([2, 4, 6]);
  expect(made).toEqual([[1, 3, 2]]);
  await gathered.call(4);
  expect(made).toEqual([[1, 3, 2], [4]]);
});

test("they have left before what was put off to the next tick after them", async () => {
  const { gathered, made } = doubling();
  const call = gathered.call(1);
  const seen = await new Promise<number>((resolve) => process.nextTick(() => resolve(made.length)));
  expect(seen).toBe(1);
  await call;
});

test("no more than a bounded number of them is made as one", async () => {
  const { gathered, made } = doubling();
  const calls = Array.from({ length: 200 }, (_, call) => call);
  expect(await Promise.all(calls.map((call) => gathered.call(call)))).toEqual(calls.map((call) => 2 * call));
  expect(made.flat()).toEqual(calls);
  expect(Math.max(...made.map(({ length }) => length))).toBe(64);
});

test("what fails fails for each of them, and not for later ones", async () => {
  let isAway = true;
  const gathered = new Gathered(async (calls: readonly number[]) => {
    if (isAway) throw new Error("away");
    return calls;
  });
  const failed = await Promise.allSettled([gathered.call(1), gathered.call(2)]);
  expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  isAway = false;
  expect(await gathered.call(3)).toBe(3);
});

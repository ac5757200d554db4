import { expect, it } from "vitest";
import { type StudyMaker, samplerOptimizer } from "../../../bench/search/sampler.ts";
import { random } from "../../../src/samplers/random.ts";
import { createStudy } from "../../../src/study/open.ts";

it("a search goes on where its first trials fail, and more than twenty in a row", async () => {
  const optimizer = samplerOptimizer({ name: "ours", version: "" }, random, createStudy as StudyMaker); // of any space
  const search = await optimizer.begin({
    space: [{ name: "x", type: "float", low: 0, high: 1 }],
    seed: 0,
    inFlight: 1,
  });
  for (let number = 0; number < 60; number++) {
    const asked = await search.ask();
    expect(asked?.id).toBe(number);
    await search.tell(number, number === 5 ? 1 : Number.NaN);
  }
  await search.close();
});

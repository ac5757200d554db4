import { expect, it } from "vitest";
import { LiveReport } from "../../../cli/report/live-report.ts";

it("is drawn once for all who ask at the same time, and soon after", async () => {
  let drawn = 0;
  const live = new LiveReport(async () => `page ${++drawn}`);
  expect(await Promise.all([live.get(), live.get()])).toEqual(["page 1", "page 1"]);
  expect(await live.get()).toBe("page 1");
});

it("that failed is drawn again at once", async () => {
  let drawn = 0;
  const live = new LiveReport(async () => {
    if (++drawn === 1) throw new Error("the store is away");
    return `page ${drawn}`;
  });
  await expect(live.get()).rejects.toThrow("the store is away");
  expect(await live.get()).toBe("page 2");
});

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { NO_PROGRESS, progressAfter } from "../../../src/study/view/patience.ts";

interface Row {
  readonly iteration_stop_count: number;
  readonly percent_increase: number;
  readonly losses: readonly number[];
  readonly stop_flag_after_each: readonly boolean[];
}

const golden: { no_progress_loss: readonly Row[] } = JSON.parse(
  readFileSync(new URL("../../golden/hyperopt-tpe.json", import.meta.url), "utf8"),
);

it.each(golden.no_progress_loss)("stops where Hyperopt's no_progress_loss stops: $losses", (row) => {
  let progress = NO_PROGRESS;
  const flags = row.losses.map((loss) => {
    progress = progressAfter(progress, loss, row.percent_increase);
    return progress.without >= row.iteration_stop_count;
  });
  expect(flags).toEqual(row.stop_flag_after_each);
});

it("counts a trial without a loss as one without progress", () => {
  const after = [3, Number.POSITIVE_INFINITY, 4].reduce((progress, loss) => progressAfter(progress, loss), NO_PROGRESS);
  expect(after).toEqual({ best: 3, without: 3 });
});

import { describe, expect, it } from "vitest";
import {
  advance,
  BEGINNING,
  type EndRules,
  isBest,
  isOver,
  type Progress,
} from "../../../src/training/loop/progress.ts";

/** Trains as long as the rules allow, each epoch with the next of the losses. */
function course(losses: readonly number[], rules: Partial<EndRules>): Progress {
  const all: EndRules = { epochs: losses.length, patience: null, minDelta: 0, ...rules };
  let progress = BEGINNING;
  while (!isOver(progress, all)) {
    const loss = losses[progress.epochs] ?? Number.NaN;
    const weights = isBest(progress, loss) ? [] : null;
    progress = advance(progress, { score: { loss, metrics: {} }, weights }, all);
  }
  return progress;
}

describe("a training", () => {
  it("without patience trains all its epochs and keeps the best", () => {
    const { epochs, best } = course([3, 1, 2, 5, 4], {});
    expect([epochs, best?.epoch]).toEqual([5, 1]);
  });

  it("ends when patience found nothing better", () => {
    const { epochs, best } = course([5, 4, 6, 4, 3, 9, 9, 9], { patience: 2 });
    expect([epochs, best?.epoch]).toEqual([4, 1]);
    expect(course([5, 4, 6, 3, 9, 2], { patience: 2 }).epochs).toBe(6);
  });

  it("counts only falls of more than the least difference, and keeps the best of all nevertheless", () => {
    const { epochs, best, improved } = course([5, 4.9, 4.8, 4.7, 4.6], { patience: 3, minDelta: 0.3 });
    expect([epochs, best?.epoch, improved?.epoch]).toEqual([4, 3, 0]);
    // Small falls add up.
    expect(course([5, 4.8, 4.6, 4.4, 4.2], { patience: 3, minDelta: 0.3 }).epochs).toBe(5);
  });

  it("ends when it diverged, with what came before", () => {
    const { epochs, best, isDiverged } = course([2, 1, Number.NaN, 0, 0], {});
    expect([epochs, best?.epoch, isDiverged]).toEqual([3, 1, true]);
    expect(course([Number.POSITIVE_INFINITY, 1], {}).best).toBeNull();
  });
});

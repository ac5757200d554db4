import { describe, expect, it } from "vitest";
import { type DrawnStudy, readStudy } from "../../plots/drawn-study.ts";
import type { Figure } from "../../plots/figure.ts";
import { timelineFigure } from "../../plots/timeline.ts";
import { BEGUN_MS, type TimedAttempt, timedStudy } from "./timed-study.ts";

const FAILED = { kind: "failed", reason: "error", message: "it said no" } as const;
const HOUR = 3600;

async function readTimed(attempts: readonly TimedAttempt[]): Promise<DrawnStudy> {
  return readStudy(await timedStudy("t", attempts));
}

interface Series {
  readonly name: string;
  readonly data: readonly { readonly value: readonly number[] }[];
  readonly markLine?: { readonly data: readonly { readonly xAxis: number }[] };
}

function seriesOf(figure: Figure | null): readonly Series[] {
  return (figure?.option["series"] ?? []) as readonly Series[]; // ours
}

/** By kind, [row, from, to, attempt] of each bar. */
function barsOf(figure: Figure | null): { readonly [kind: string]: readonly (readonly number[])[] } {
  return Object.fromEntries(seriesOf(figure).map(({ name, data }) => [name, data.map(({ value }) => value)]));
}

function rowNames(figure: Figure | null): readonly string[] {
  const axis = (figure?.option["yAxis"] ?? { data: [] }) as { readonly data: readonly string[] }; // ours
  return axis.data;
}

describe("timeline", () => {
  it("has each trial in the row of its slot, from its beginning to its end", async () => {
    const figure = timelineFigure(
      await readTimed([
        { number: 0, slot: 0, from: 0, to: 60 },
        { number: 1, slot: 1, from: 0, to: 30, outcome: { kind: "pruned", step: 1 } },
        { number: 2, slot: 1, from: 45, to: 50, outcome: FAILED },
        { number: 3, slot: 0, from: 60, to: 80, outcome: { kind: "complete", losses: [0], metrics: {} } },
      ]),
    );
    expect(rowNames(figure)).toEqual(["slot 0", "slot 1"]);
    expect(barsOf(figure)).toEqual({
      best: [[0, 60, 80, 1]],
      complete: [[0, 0, 60, 1]],
      failed: [[1, 45, 50, 1]],
      pruned: [[1, 0, 30, 1]],
    });
    expect(figure?.caption).toBe("A row a slot, busy 72 % of the time.");
    expect(figure?.option["xAxis"]).toMatchObject({ name: "seconds since the first trial began", max: 80 });
  });

  it("tells hosts apart, and two processes that have the same slot", async () => {
    const attempts = ["a.example.org", "b.example.org"].flatMap((host, index) => [
      { host, number: 3 * index, pid: 1, slot: 0, from: index, to: 10 },
      { host, number: 3 * index + 1, pid: 2, slot: 0, from: 5, to: 9 },
      { host, number: 3 * index + 2, pid: 1, slot: 1, from: 2, to: 3 },
    ]);
    expect(rowNames(timelineFigure(await readTimed(attempts)))).toEqual([
      "a slot 0",
      "",
      "a slot 1",
      "b slot 0",
      "",
      "b slot 1",
    ]);
    const alike = attempts.map((each) => ({
      ...each,
      host: each.host === "a.example.org" ? "b.example.com" : each.host,
    }));
    expect(rowNames(timelineFigure(await readTimed(alike)))).toContain("b.example.com slot 0");
  });

  it("puts trials of ask() side by side, which have no slot", async () => {
    const asked = [0, 1, 2].map((number) => ({ number, slot: null, from: 2 * number, to: 2 * number + 3 }));
    const figure = timelineFigure(await readTimed(asked));
    expect(rowNames(figure)).toEqual(["asked", ""]);
    expect(figure?.caption).toBe("When each trial ran.");
  });

  it("draws a trial that runs up to now, or to the end of its lease", async () => {
    const read = await readTimed([{ number: 0, slot: 0, from: 0, to: null }]);
    const at = (readAtMs: number) => barsOf(timelineFigure({ ...read, readAtMs }));
    expect(at(BEGUN_MS + 40_000)).toEqual({ running: [[0, 0, 40, 1]] });
    expect(at(BEGUN_MS + 1000 * HOUR)).toEqual({ running: [[0, 0, 60, 1]] });
  });

  it("leaves pauses out, marks them and says how long they were", async () => {
    const figure = timelineFigure(
      await readTimed([
        { number: 0, slot: 0, from: 0, to: HOUR },
        { number: 1, slot: 0, from: HOUR + 300, to: 2 * HOUR },
        { number: 2, slot: 0, from: 10 * HOUR, to: 12 * HOUR },
      ]),
    );
    expect(barsOf(figure)["complete"]?.at(-1)).toEqual([0, 2, 4, 1]);
    expect(seriesOf(figure)[0]?.markLine?.data).toMatchObject([{ xAxis: 2, label: { show: true, formatter: "8 h" } }]);
    expect(figure?.caption).toContain(" A pause of 8 h is left out, at the dashed line.");
  });

  it("shows no pause between trials that each take a moment", async () => {
    const moments = Array.from({ length: 9 }, (_, number) => ({
      number,
      slot: 0,
      from: 30 * number,
      to: 30 * number + 1,
    }));
    const figure = timelineFigure(await readTimed(moments));
    expect(figure?.option["xAxis"]).toMatchObject({ max: 241 / 60, name: "minutes since the first trial began" });
    expect(figure?.caption).not.toContain("pause");
  });

  it("has the last attempt of a trial that had begun before, and says so", async () => {
    const figure = timelineFigure(
      await readTimed([
        { number: 0, slot: 0, from: 0, to: 20, outcome: { kind: "lost", message: "gone" } },
        { number: 0, slot: 1, from: 30, to: 50 },
      ]),
    );
    expect(barsOf(figure)).toEqual({ best: [[0, 0, 20, 2]] });
    expect(figure?.caption).toContain(" Outlined is the last attempt of one that had begun before.");
  });

  it("says what is not in it", async () => {
    const study = await timedStudy("t", [{ number: 0, slot: 0, from: 0, to: 20 }]);
    await study.enqueue({ x: 0.7 });
    await study.enqueue({ x: 0.8 });
    await study.cancel(2);
    const caption = timelineFigure(await readStudy(study))?.caption;
    expect(caption).toBe("A row a slot, busy 100 % of the time. 1 waits. 1 ended before it began.");
  });

  it("has no more than two hundred rows", async () => {
    const many = Array.from({ length: 201 }, (_, slot) => ({ number: slot, slot, from: 0, to: 9 }));
    const figure = timelineFigure(await readTimed(many));
    expect(rowNames(figure)).toHaveLength(200);
    expect(figure?.caption).toContain(" Drawn are 200 of 201 rows.");
  });

  it("shows nothing where no trial has begun", async () => {
    const study = await timedStudy("t", []);
    await study.enqueue({ x: 0.5 });
    expect(timelineFigure(await readStudy(study))).toBe(null);
  });
});

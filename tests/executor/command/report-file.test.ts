import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ReportFile, type ReportReading } from "../../../src/executor/command/report-file.ts";
import type { Report } from "../../../src/trial/report.ts";

const folder = mkdtempSync(join(tmpdir(), "parzen-reports-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

/** Reads a file that has `text`, to its end. */
async function read(text: string, how: Partial<ReportReading> = {}): Promise<Read> {
  const path = join(folder, `${files++}.jsonl`);
  writeFileSync(path, text);
  const reports: Report[] = [];
  const report = async (given: readonly Report[]) => reports.push(...given);
  const file = new ReportFile(path, { metric: "loss", report, caughtUp: async () => true, ...how });
  await file.finish();
  return { file, reports };
}

interface Read {
  readonly file: ReportFile;
  readonly reports: readonly Report[];
}

const steps = (reports: readonly Report[]): readonly number[] => reports.map(({ step }) => step);

describe("a report file", () => {
  it("gives a line without a whole step from 0 on the one after the line before, at first that of the checkpoint", async () => {
    const lines = ["1", `1,"step":7`, "1", `1,"step":-1`, `1,"step":9.5`, `1,"step":"3"`].map(
      (loss) => `{"loss":${loss}}`,
    );
    expect(steps((await read(lines.join("\n"))).reports)).toEqual([0, 7, 8, 9, 10, 11]);
    expect(steps((await read(lines.join("\n"), { firstStep: 4 })).reports)).toEqual([4, 7, 8, 9, 10, 11]);
  });

  it("takes lines without a step behind the last step that there is for nothing", async () => {
    const text = `{"step":${Number.MAX_SAFE_INTEGER},"loss":1}\n{"loss":2}\n{"loss":3}\n{"step":4,"loss":4}\n{"loss":5}\n`;
    expect(steps((await read(text)).reports)).toEqual([Number.MAX_SAFE_INTEGER, 4, 5]);
  });

  it("takes what is no report for nothing; the lines around it count", async () => {
    const { file, reports } = await read(`{"loss":1}\nepoch 2\n{"accuracy":1}\n\n{"loss":3}\n`);
    expect(reports).toEqual([
      { step: 0, value: 1 },
      { step: 1, value: 3 },
    ]);
    expect([file.last, file.lastStep]).toEqual([3, 1]);
  });

  it("takes a line of 1 MB and none that is longer, wherever the pieces end in which it is read", async () => {
    const lineOf = (bytes: number): string => `{"loss":2,"text":"${"x".repeat(bytes - 20)}"}\n`;
    const before = `{"loss":1,"text":"${"x".repeat(600_000)}"}\n`;
    const long = [lineOf(1_000_000), lineOf(1_100_000), lineOf(2_100_000), `{"loss":3}\n`].join("");
    for (const text of [long, before + long]) {
      const { reports } = await read(text);
      expect(reports.map(({ value }) => value).slice(-2)).toEqual([2, 3]);
      expect(reports).toHaveLength(text === long ? 2 : 3);
    }
  });

  it("reads more than it takes at once, though a character and a line lie across two pieces", async () => {
    const metric = "é".repeat(400);
    const lines = `{"${metric}":1}\n`.repeat(2000); // 1.6 MB
    for (const shift of ["", "x"]) expect((await read(`${shift}\n${lines}`, { metric })).reports).toHaveLength(2000);
  });

  it("reads on where a line was written in two pieces, and asks again until what was read is kept", async () => {
    const path = join(folder, "pieces.jsonl");
    const kept: number[] = [];
    const looks: number[] = [];
    let wake = (): void => undefined;
    const file = new ReportFile(path, {
      metric: "loss",
      report: async (given) => kept.push(...steps(given)),
      caughtUp: async (step) => {
        looks.push(step);
        wake();
        return looks.length > 1;
      },
    });
    const looked = (): Promise<void> =>
      new Promise((resolve) => {
        wake = resolve;
      });
    let next = looked();
    writeFileSync(path, `{"loss":1}\n{"lo`);
    file.follow();
    await next;
    next = looked();
    await next;
    next = looked();
    appendFileSync(path, `ss":2}\n`);
    await next;
    await file.finish();
    expect({ kept, looks }).toEqual({ kept: [0, 1], looks: [0, 0, 1] });
  });
});

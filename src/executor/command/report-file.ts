import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as sleep } from "node:timers/promises";
import type { Report } from "../../trial/report.ts";
import { figuresOf, parseObject } from "./metric.ts";

/** How often the file is looked at. */
const EVERY_MS = 100;
/** How much of the file is read, and its reports passed on, at once: a store may read all of a trial for each change. */
const CHUNK = 1024 * 1024;
/** A line that is longer is no report, as what a program prints last gives no result then. */
const MAX_LINE = 1024 * 1024;
/** Opening a pipe would otherwise wait for who writes to it. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;

/** What is read from a report file, and who hears of it. */
export interface ReportReading {
  readonly metric: string;
  /** The step of a first line without one. Default 0. */
  readonly firstStep?: number;
  /** One or more, in the order of their lines: those that were there when the file was looked at, up to 1 MB of it. */
  report(reports: readonly Report[]): Promise<unknown>;
  /**
   * Called after one or more reports, when nothing more is to be read at the moment.
   *
   * @param writtenAt when the last of them was written, in nanoseconds of the file system's clock
   * @returns whether it is done; if not, it is called again at the next look
   */
  caughtUp(step: number, writtenAt: bigint): Promise<boolean>;
}

/**
 * The file to which a program writes its reports, one JSON object a line, `{"step": 3, "loss": 0.4}`. It is read while
 * the program runs. A line without a step takes the next one, while there is one; a line without the metric is no report.
 * Where the program makes something else of its place, or a file that cannot be read, there are no more reports.
 */
export class ReportFile {
  /** The value of the last report; null before the first. */
  last: number | null = null;
  /** The step of the last report; null before the first. */
  lastStep: number | null = null;

  readonly #path: string;
  readonly #reading: ReportReading;
  readonly #decoder = new StringDecoder("utf8");
  readonly #stopping = new AbortController();
  #following: Promise<void> = Promise.resolve();
  #isReadable = true;
  #offset = 0;
  #writtenAt = 0n;
  #partial = "";
  #nextStep: number;
  #taken = 0;
  #told = 0;

  constructor(path: string, reading: ReportReading) {
    this.#path = path;
    this.#reading = reading;
    this.#nextStep = reading.firstStep ?? 0;
  }

  /** Reads on until `finish`. */
  follow(): void {
    this.#following = this.#loop();
  }

  /** Reads what is left, a last line without its end included. */
  async finish(): Promise<void> {
    this.#stopping.abort();
    await this.#following;
    await this.#readOn();
    await this.#take(`${this.#partial}\n`);
  }

  async #loop(): Promise<void> {
    while (this.#isReadable && !this.#stopping.signal.aborted) {
      await this.#readOn();
      await this.#tell();
      await sleep(EVERY_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined); // until `finish`
    }
  }

  async #tell(): Promise<void> {
    if (this.#told === this.#taken || this.lastStep === null) return;
    const taken = this.#taken;
    if (await this.#reading.caughtUp(this.lastStep, this.#writtenAt)) this.#told = taken;
  }

  async #readOn(): Promise<void> {
    if (!this.#isReadable) return;
    const file = await open(this.#path, FLAGS).catch(() => null);
    if (file === null) return; // not yet
    try {
      this.#isReadable = (await file.stat()).isFile();
      if (this.#isReadable) await this.#readFrom(file);
    } catch {
      this.#isReadable = false;
    } finally {
      await file.close().catch(() => undefined);
    }
  }

  async #readFrom(file: FileHandle): Promise<void> {
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK, this.#offset);
      if (bytesRead === 0 && (await this.#isAtEnd(file))) return;
      this.#offset += bytesRead;
      await this.#take(this.#partial + this.#decoder.write(buffer.subarray(0, bytesRead)));
    }
  }

  /** Whether nothing was written since it was read; a file that became shorter has no more to say. */
  async #isAtEnd(file: FileHandle): Promise<boolean> {
    const { size, mtimeNs } = await file.stat({ bigint: true });
    this.#writtenAt = mtimeNs;
    return size <= this.#offset;
  }

  async #take(text: string): Promise<void> {
    const lines = text.split("\n");
    this.#partial = (lines.pop() ?? "").slice(0, MAX_LINE + 1); // one more tells that it is longer
    const reports = lines.map((line) => this.#reportOf(line)).filter((report) => report !== null);
    const last = reports.at(-1);
    if (last === undefined) return;
    this.last = last.value;
    this.lastStep = last.step;
    this.#taken += reports.length;
    await this.#reading.report(reports);
  }

  #reportOf(line: string): Report | null {
    if (line.length > MAX_LINE) return null;
    const value = figuresOf(line, this.#reading.metric)?.value;
    if (value === undefined) return null;
    const given = parseObject(line)?.["step"];
    const step = typeof given === "number" && Number.isSafeInteger(given) && given >= 0 ? given : this.#nextStep;
    if (!Number.isSafeInteger(step)) return null; // behind the last step that there is
    this.#nextStep = step + 1;
    return { step, value };
  }
}

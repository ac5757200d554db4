import { StringDecoder } from "node:string_decoder";
import { stripVTControlCharacters } from "node:util";

/** How much of a trial's output is kept, in bytes. */
export const LOG_BYTES: number = 64 * 1024;

/** How much of what a trial prints on stdout is read for its result, in bytes. */
const RESULT_BYTES = 1024 * 1024;

/** The end of a text that may be endless. */
export class Tail {
  readonly #limit: number;
  #pieces: string[] = [];
  #length = 0;
  #isCut = false;

  /** @param limit in bytes */
  constructor(limit: number = LOG_BYTES) {
    this.#limit = limit;
  }

  /** Whether the last line that says something began before what is kept. */
  get isLastLineCut(): boolean {
    const text = this.text();
    return this.#isCut && !text.trimEnd().includes("\n");
  }

  push(text: string): void {
    this.#pieces.push(text);
    this.#length += text.length;
    // Joining only when twice as long as needed keeps the cost of each piece constant.
    if (this.#length > 2 * this.#limit) this.#shorten();
  }

  /** At most the last 64 kB, or the limit of its own, in whole characters. */
  text(): string {
    this.#shorten();
    const bytes = Buffer.from(this.#pieces.join(""));
    let start = Math.max(0, bytes.length - this.#limit);
    this.#isCut ||= start > 0;
    while (start > 0 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
    return bytes.toString("utf8", start);
  }

  /** The same without colours: a program may be told to print them even where no terminal is, as by FORCE_COLOR. */
  plain(): string {
    const text = this.text();
    return text.includes("\u001b") ? stripVTControlCharacters(text) : text;
  }

  #shorten(): void {
    const text = this.#pieces.join("").slice(-this.#limit);
    this.#isCut ||= text.length < this.#length;
    this.#pieces = [text];
    this.#length = text.length;
  }
}

/** The output of one trial: both streams as they came for the log, and each by itself for who reads results in it. */
export class Output {
  readonly log: Tail = new Tail();
  readonly stdout: Tail = new Tail(RESULT_BYTES);
  readonly stderr: Tail = new Tail();
  readonly #print: (text: string) => void;
  readonly #decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };

  constructor(print: (text: string) => void) {
    this.#print = print;
  }

  push(stream: "stdout" | "stderr", bytes: Buffer): void {
    const text = this.#decoders[stream].write(bytes);
    if (text === "") return;
    this[stream].push(text);
    this.log.push(text);
    this.#print(text);
  }

  /** The last line of stderr that says something: no frame of a stack, no version of a runtime. Or nothing. */
  lastErrorLine(): string {
    const lines = this.stderr.plain().split("\n");
    return lines.findLast((line) => !SAYS_NOTHING.test(line))?.trim() ?? "";
  }
}

const SAYS_NOTHING = /^\s*(at .*|Node\.js v.*|[\]}),;^]*)\s*$/;

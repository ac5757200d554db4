import type { Duplex } from "node:stream";
import type { Parsed } from "./parse-message.ts";
import { MAX_MESSAGE } from "./protocol.ts";

/** The descriptor of the channel in a child; 0, 1 and 2 stay the program's own. */
export const CHANNEL_FD = 3;

export interface ChannelEvents<In> {
  message(message: In): void;
  /** Something came that is no message; nothing more is read. */
  broken(problem: string): void;
  /** The other side is gone. */
  end(): void;
}

/** Messages between a parent and its child: one line of JSON each, checked before anybody sees them. */
export class Channel<In, Out> {
  readonly #stream: Duplex;
  readonly #parse: (line: string) => Parsed<In>;
  readonly #events: ChannelEvents<In>;
  #partial = "";
  #isOpen = true;

  constructor(stream: Duplex, parse: (line: string) => Parsed<In>, events: ChannelEvents<In>) {
    this.#stream = stream;
    this.#parse = parse;
    this.#events = events;
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => this.#read(text));
    stream.on("close", () => this.#end());
    stream.on("end", () => this.#end());
    stream.on("error", () => this.#end()); // the other side died in mid-message: its exit says why
  }

  /** Nothing where the other side is gone. */
  send(message: Out): void {
    if (this.#stream.writable) this.#stream.write(`${JSON.stringify(message)}\n`);
  }

  /** Closes this side once everything sent is on its way. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stream.writable) this.#stream.end(resolve);
      else resolve();
    });
  }

  #read(text: string): void {
    const lines = (this.#partial + text).split("\n");
    this.#partial = lines.pop() ?? "";
    for (const line of lines) {
      if (this.#isOpen) this.#take(this.#parse(line));
    }
    if (this.#isOpen && this.#partial.length > MAX_MESSAGE) this.#break("longer than a message may be");
  }

  #take(parsed: Parsed<In>): void {
    if (parsed.ok) this.#events.message(parsed.message);
    else this.#break(parsed.problem);
  }

  #break(problem: string): void {
    this.#isOpen = false;
    this.#partial = "";
    this.#events.broken(problem);
  }

  #end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#events.end();
  }
}

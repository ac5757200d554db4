import { InvalidArgumentError } from "commander";
import { DURATION, parseDuration } from "../../src/sweep/duration.ts";
import { LONGEST_MS } from "../../src/trial/option-check.ts";

/** Reads the text of an option or argument. @throws InvalidArgumentError saying what was expected */
export type ValueReader<T> = (text: string) => T;

/** An integer that is not below `least`, nor above `most`. */
export function integerFrom(least: number, most: number = Number.MAX_SAFE_INTEGER): ValueReader<number> {
  return (text) => {
    const value = Number(text);
    const isWhole = /^\d+$/.test(text);
    if (isWhole && value >= least && value <= most) return value;
    const upTo = most === Number.MAX_SAFE_INTEGER && !(isWhole && value > most) ? "" : ` to ${most}`;
    throw new InvalidArgumentError(`Expected an integer from ${least}${upTo}.`);
  };
}

/** A port to listen on; 0 lets the system choose one. */
export const readPort: ValueReader<number> = (text) => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError("Expected a port, 0 to 65535.");
};

/** Where an inspector of Node.js listens: `9230`, `127.0.0.1:0`, `[::1]:9229`. */
export const readInspectorAddress: ValueReader<string> = (text) => {
  const [, port] = /^(?:(?:[\w.-]+|\[[\da-f:]+\]):)?(\d{1,5})$/i.exec(text) ?? [];
  if (port !== undefined && (Number(port) === 0 || (Number(port) >= 1024 && Number(port) <= 65_535))) return text;
  throw new InvalidArgumentError("Expected host:port, or a port alone, which is 0 or 1024 to 65535.");
};

/** A duration as sweeps write it, in milliseconds. */
export const readDuration: ValueReader<number> = (text) => {
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  throw new InvalidArgumentError(`Expected ${DURATION}.`);
};

/** How long something lasts, or how often it comes: a duration that a timer takes. */
export const readPeriod: ValueReader<number> = (text) => {
  const ms = readDuration(text);
  if (ms <= LONGEST_MS) return ms;
  throw new InvalidArgumentError("Expected a duration of at most 24d.");
};

export const readNumber: ValueReader<number> = (text) => {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Expected a number.");
};

/** A name or a place. One that begins with a hyphen is the next option: its value was forgotten. */
export const readText: ValueReader<string> = (text) => {
  if (!text.startsWith("-")) return text;
  throw new InvalidArgumentError("Expected a value that does not begin with -.");
};

/** A path; a shell makes an empty one of a variable that is not set. */
export const readPath: ValueReader<string> = (text) => {
  if (text !== "") return text;
  throw new InvalidArgumentError("Expected a path.");
};

/** Names separated by commas. */
export function readNames(text: string): readonly string[] {
  return text.split(",").map((name) => name.trim());
}

/** Reads an option that may be given several times. */
export function repeatable(text: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, text];
}

/** Lets `none` take a limit away. It stays this text: commander has a meaning of its own for null. */
export function orNone<T>(read: ValueReader<T>): ValueReader<T | "none"> {
  return (text) => {
    if (text === "none") return text;
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      throw new InvalidArgumentError(`${error.message.slice(0, -1)}, or "none".`);
    }
  };
}

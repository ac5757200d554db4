import { maskLocation } from "../../src/store/location.ts";
import { styled } from "../render/controls.ts";
import { messageJson } from "../render/json-log.ts";

/** Where a run shows how it goes: stderr, with one line at its end that is drawn anew. */
export interface Screen {
  /** Whether the last line can be drawn anew. */
  readonly isLive: boolean;
  /** Replaces the last line. */
  draw(line: string): void;
  /** Writes lines that stay, above the last one. */
  say(text: string): void;
  /** Takes the last line away. */
  clear(): void;
}

/** Shows nothing. */
export const SILENT: Screen = { isLive: false, draw: () => undefined, say: () => undefined, clear: () => undefined };

/** Every message as one JSON object a line, beside the events of `logEvents`. */
export function jsonScreen(): Screen {
  return { ...SILENT, say: messageJson };
}

/** A terminal that does not tell its size, or has none, gets plain lines. */
export async function openScreen(stream: NodeJS.WriteStream = process.stderr): Promise<Screen> {
  const isLive = stream.isTTY === true && stream.rows > 0 && process.env["TERM"] !== "dumb";
  return isLive ? liveScreen(stream) : plainScreen(stream);
}

function plainScreen(stream: NodeJS.WriteStream): Screen {
  return {
    isLive: false,
    draw: () => undefined,
    say: (text) => void stream.write(`${styled(maskLocation(text))}\n`),
    clear: () => undefined,
  };
}

/** The cursor stays visible: hiding it would outlive a kill -9. */
async function liveScreen(stream: NodeJS.WriteStream): Promise<Screen> {
  const { createLogUpdate } = await import("log-update"); // two dozen modules that plain lines can do without
  const update = createLogUpdate(stream, { showCursor: true });
  let line: string | null = null;
  return {
    isLive: true,
    draw: (next) => {
      line = next;
      update(next);
    },
    say: (text) => {
      update.clear();
      stream.write(`${styled(maskLocation(text))}\n`);
      if (line !== null) update(line);
    },
    clear: () => {
      line = null;
      update.clear();
    },
  };
}

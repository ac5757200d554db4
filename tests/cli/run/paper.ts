import { stripVTControlCharacters } from "node:util";
import type { Screen } from "../../../cli/run/screen.ts";

/** A screen that keeps what is said on it, line by line and without colours, and the last line as it was drawn. */
export interface Paper extends Screen {
  readonly said: string[];
  readonly drawn: string[];
  isClear: boolean;
}

export function paper({ isLive = false } = {}): Paper {
  const screen: Paper = {
    said: [],
    drawn: [],
    isClear: true,
    isLive,
    draw: (line) => {
      screen.drawn.push(stripVTControlCharacters(line));
      screen.isClear = false;
    },
    say: (text) => void screen.said.push(...stripVTControlCharacters(text).split("\n")),
    clear: () => {
      screen.isClear = true;
    },
  };
  return screen;
}

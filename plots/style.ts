import type { Figure, Option } from "./figure.ts";
import { shortened, tickText } from "./text.ts";

/**
 * Colors that people with any kind of color vision tell apart.
 *
 * @source Okabe and Ito 2008, "Color Universal Design"
 */
export const COLOR = {
  complete: "#0072b2",
  best: "#d55e00",
  pruned: "#9a9a9a",
  failed: "#cc79a7",
  running: "#56b4e9",
  queued: "#56b4e9",
  cancelled: "#e69f00",
  text: "#333",
  line: "#999",
  pale: "#7fb2d3",
} as const;

/** From the first trial to the last, or from the worst loss to the best. */
export const SHADES: readonly string[] = ["#b8d3e6", "#6ba6cd", "#0072b2", "#00304d"];

/**
 * A color of `SHADES`, or between two of them.
 *
 * @param part 0 is the first, 1 the last
 * @param white how much of it is white, from 0 to 1
 */
export function shadeAt(part: number, white: number): string {
  const place = Math.max(0, Math.min(1, part)) * (SHADES.length - 1);
  const index = Math.min(SHADES.length - 2, Math.floor(place));
  const [from, to] = [channelsOf(SHADES[index]), channelsOf(SHADES[index + 1])];
  const shade = from.map((channel, at) => channel + (place - index) * ((to[at] ?? 0) - channel));
  return `rgb(${shade.map((channel) => Math.round(channel + white * (255 - channel))).join(",")})`;
}

function channelsOf(color: string = "#000000"): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif";

/** What all figures have in common. */
export const BASE: Option = {
  animation: false,
  backgroundColor: "#fff",
  textStyle: { fontFamily: FONT, color: COLOR.text },
};

/** Size and place of what runs over trials or steps. */
export const WIDE = { width: 880, height: 460 } as const;
export const WIDE_GRID: Option = { left: 84, right: 32, top: 96, bottom: 56 };

/** The widest letters of a title, and what is left free beside it, in pixels. */
const TITLE = { letter: 10, margin: 32 } as const;
/** Of the room for a caption, the part that is filled: which font a reader has is not known. */
const FILLED = 0.85;
/** A line of it and a letter, in pixels. */
const CAPTION = { line: 14, letter: 6.6 } as const;

/** What a figure is of, and its caption below, which has as many lines as it takes. */
export function titleOf(text: string, { caption, width }: Pick<Figure, "caption" | "width">): Option {
  const room = width - TITLE.margin;
  return {
    ...{ text: shortened(text, Math.floor(room / TITLE.letter)), subtext: caption, left: 16, top: 10 },
    textStyle: { fontSize: 16 },
    subtextStyle: { fontSize: 12, width: FILLED * room, overflow: "break" },
  };
}

/** Parts of a figure that stand below its title, by the names that the charting library has for them. */
const BELOW_TITLE = ["legend", "visualMap", "grid", "parallel"] as const;

/** A figure with room for each line of its caption; figures are laid out for one. */
export function withCaptionRoom(figure: Figure): Figure {
  const { caption, width, height, option } = figure;
  const lines = Math.ceil((CAPTION.letter * caption.length) / (FILLED * (width - TITLE.margin)));
  const further = CAPTION.line * (lines - 1);
  const moved = BELOW_TITLE.flatMap((part) => (part in option ? [[part, lowered(option[part], further)]] : []));
  return { ...figure, height: height + further, option: { ...option, ...Object.fromEntries(moved) } };
}

function lowered(part: unknown, by: number): unknown {
  if (Array.isArray(part)) return part.map((each) => lowered(each, by));
  const { top, ...others } = part as Option; // the library takes objects there
  return typeof top === "number" ? { ...others, top: top + by } : part;
}

/** Names of what is in the figure, below its title. */
export function legendOf(names: readonly string[]): Option {
  return { top: 58, left: 16, itemWidth: 16, itemGap: 28, textStyle: { color: COLOR.text }, data: names };
}

/** An axis whose name stands along it, at its middle. */
export function namedAxis(name: string, gap: number): Option {
  return {
    name,
    nameLocation: "middle",
    nameGap: gap,
    nameTextStyle: { color: COLOR.text },
    axisLine: { show: true, onZero: false, lineStyle: { color: COLOR.line } },
    axisLabel: { color: COLOR.text, hideOverlap: true, textMargin: [0, 5], formatter: tickText },
    splitLine: { lineStyle: { color: "#eee" } },
  };
}

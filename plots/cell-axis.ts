import type { Option } from "./figure.ts";
import type { ParamAxis } from "./param-axis.ts";
import { COLOR, namedAxis } from "./style.ts";
import { shortened } from "./text.ts";

/** As many stand along the axis of a small chart. */
const LETTERS = { below: 32, beside: 22 } as const;
/** A letter of the names of options that do not fit side by side and stand slantwise; how many are shown. */
const SLANT = { width: 7, height: 5, letters: 12 } as const;
/** As many letters of an option stand beside a chart, and as many where the chart makes room; the width of one. */
const BESIDE = { letters: 7, most: 12, width: 7 } as const;

/** A param along the lower edge of a small chart. @param width of the edge, in pixels */
export function axisBelow(axis: ParamAxis, width: number): Option {
  const named = namedAxis(shortened(axis.path, LETTERS.below), 28);
  if (axis.labels === null) return { ...named, ...axis.scale };
  const slant = slantOf(axis, width);
  const rotated = slant > 0 ? { rotate: 45 } : {};
  const options = optionsAxis(axis.labels, slant > 0 ? SLANT.letters : LETTERS.below);
  return { ...named, ...options, nameGap: 28 + slant, axisLabel: { ...options.axisLabel, ...rotated } };
}

/** A param along the left edge, which leaves `roomBeside` for the names of its options. */
export function axisBeside(axis: ParamAxis): Option {
  const room = roomBeside(axis);
  const named = namedAxis(shortened(axis.path, LETTERS.beside), 66 + room);
  if (axis.labels === null) return { ...named, ...axis.scale };
  return { ...named, ...optionsAxis(axis.labels, BESIDE.letters + Math.floor(room / BESIDE.width)) };
}

function optionsAxis(labels: readonly string[], letters: number): Option & { readonly axisLabel: Option } {
  const places = labels.map((_, index) => index);
  const formatter = (place: number): string => shortened(labels[place] ?? "", letters);
  return {
    ...{ type: "value", min: -0.5, max: labels.length - 0.5, splitLine: { show: false } },
    axisTick: { customValues: places },
    axisLabel: { customValues: places, formatter, hideOverlap: true, color: COLOR.text },
  };
}

/** What the names of options take beside a chart, more than there is; 0 where they are short. */
export function roomBeside({ labels }: ParamAxis): number {
  const longest = Math.max(0, ...(labels ?? []).map(({ length }) => length));
  return BESIDE.width * Math.max(0, Math.min(BESIDE.most, longest) - BESIDE.letters);
}

/** What the names of options take below their axis where they stand slantwise; 0 where they fit side by side. */
export function slantOf({ labels }: ParamAxis, width: number): number {
  const longest = Math.max(...(labels ?? []).map(({ length }) => length));
  const isWide = labels !== null && longest * SLANT.width > width / labels.length;
  return isWide ? SLANT.height * Math.min(SLANT.letters, longest) : 0;
}

/** Where a trial stands beside its option: each one always to the same side, so that they do not hide each other. */
export function asideOf({ labels }: ParamAxis, number: number, step: number = 0.618034): number {
  return labels === null ? 0 : 0.5 * (((number * step) % 1) - 0.5);
}

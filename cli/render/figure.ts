import prettyMilliseconds from "pretty-ms";

/** A number as tables show it. */
export { rounded as figure } from "../../plots/text.ts";

/** A duration in its two largest units, e.g. `412ms`, `1.2s`, `3m12s`. */
export function duration(ms: number): string {
  return prettyMilliseconds(Math.max(0, ms), { unitCount: 2 }).replaceAll(" ", "");
}

/** How long something still takes, in whole seconds. */
export function remaining(ms: number): string {
  return duration(1000 * Math.ceil(ms / 1000));
}

/** A moment, in the local time zone, to the second. */
export function moment(ms: number): string {
  const date = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `1 trial`, `2 trials`. */
export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

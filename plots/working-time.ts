import { rounded } from "./text.ts";

/** Shorter than this is no pause, in milliseconds; nor is what is less than this part of the time in which something ran. */
const LEAST_PAUSE_MS = 60_000;
const LEAST_PAUSE = 0.25;

/** A stretch of time, in milliseconds since the epoch. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The time of a study without its pauses, so that one which went on after a night has its trials side by side. */
export interface WorkingTime {
  /** In milliseconds, at least 1. */
  readonly totalMs: number;
  /** What it is told in: the largest of which there are two. */
  readonly unit: TimeUnit;
  readonly pauses: readonly Stretch[];
  /** Milliseconds of working time from the beginning to a moment. */
  at(ms: number): number;
}

/** @param stretches in which something ran, by their beginning; at least one */
export function workingTime(stretches: readonly Stretch[]): WorkingTime {
  const begin = stretches[0]?.fromMs ?? 0;
  const end = stretches.reduce((latest, { toMs }) => Math.max(latest, toMs), begin);
  const gaps = gapsOf(stretches);
  const busyMs = gaps.reduce((rest, gap) => rest - lengthOf(gap), end - begin);
  const pauses = gaps.filter((gap) => lengthOf(gap) >= Math.max(LEAST_PAUSE_MS, LEAST_PAUSE * busyMs));
  const at = (ms: number): number =>
    pauses.reduce((rest, pause) => rest - Math.max(0, Math.min(ms, pause.toMs) - pause.fromMs), ms - begin);
  const totalMs = Math.max(1, at(end));
  return { totalMs, unit: unitFor(totalMs, 2), pauses, at };
}

/** Where nothing ran, in order. */
function gapsOf(stretches: readonly Stretch[]): readonly Stretch[] {
  const gaps: Stretch[] = [];
  let busyUntilMs = stretches[0]?.fromMs ?? 0;
  for (const { fromMs, toMs } of stretches) {
    if (fromMs > busyUntilMs) gaps.push({ fromMs: busyUntilMs, toMs: fromMs });
    busyUntilMs = Math.max(busyUntilMs, toMs);
  }
  return gaps;
}

export function lengthOf({ fromMs, toMs }: Stretch): number {
  return toMs - fromMs;
}

/** A unit of time. */
interface TimeUnit {
  readonly name: string;
  readonly short: string;
  readonly ms: number;
}

const UNITS: readonly TimeUnit[] = [
  { name: "days", short: "d", ms: 86_400_000 },
  { name: "hours", short: "h", ms: 3_600_000 },
  { name: "minutes", short: "min", ms: 60_000 },
  { name: "seconds", short: "s", ms: 1000 },
];
const MILLISECONDS: TimeUnit = { name: "milliseconds", short: "ms", ms: 1 };

/** The largest unit of which there are at least so many. */
function unitFor(ms: number, least: number): TimeUnit {
  return UNITS.find((unit) => ms >= least * unit.ms) ?? MILLISECONDS;
}

/** `1.5 h` */
export function durationText(ms: number): string {
  const unit = unitFor(ms, 1);
  return `${rounded(Number((ms / unit.ms).toPrecision(2)))} ${unit.short}`;
}

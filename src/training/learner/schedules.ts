import { checkNames, invalid } from "../../trial/option-check.ts";
import { checkFunction } from "../argument-check.ts";

/** How far a training is at one of its steps. */
export interface SchedulePoint {
  /** Epochs, counted to the middle of the step: in (0, epochs). The first of 10 steps is at 0.05, the next at 0.15. */
  readonly epoch: number;
  /** Epochs that the training may have in all. */
  readonly epochs: number;
}

/** Factor of the learning rate at a step, at least 0. A pure function, so that a resumed training finds its place. */
export type Schedule = (at: SchedulePoint) => number;

/** When `stepDecay` lowers the rate, and by how much. */
export interface StepDecayOptions {
  /** Epochs from one fall to the next, above 0. */
  readonly every: number;
  /** What each fall multiplies the rate by, in (0, 1]. Default 0.1. */
  readonly factor?: number;
}

/**
 * The rate falls at once, after every so many epochs.
 *
 * @throws ParzenError OPTION_INVALID
 */
export function stepDecay(options: StepDecayOptions): Schedule {
  checkNames(options, ["every", "factor"]);
  const { every, factor = 0.1 } = options;
  check("stepDecay: every", every, every > 0 && Number.isFinite(every), "a number above 0");
  check("stepDecay: factor", factor, factor > 0 && factor <= 1, "a number in (0, 1]");
  return ({ epoch }) => factor ** Math.floor(epoch / every);
}

/** The shape of `cosineDecay`. */
export interface CosineDecayOptions {
  /** Epochs at the full rate before the fall begins. Default 0. */
  readonly after?: number;
  /** Part of the rate that is left at the end, in [0, 1]. Default 0. */
  readonly floor?: number;
}

/**
 * The rate falls along half a cosine, slowly at first and slowly at the end, until the last epoch.
 *
 * @throws ParzenError OPTION_INVALID
 * @source Loshchilov and Hutter 2017 (SGDR), equation 5, without restarts
 */
export function cosineDecay(options: CosineDecayOptions = {}): Schedule {
  checkNames(options, ["after", "floor"]);
  const { after = 0, floor = 0 } = options;
  check("cosineDecay: after", after, after >= 0 && Number.isFinite(after), "a number of epochs");
  check("cosineDecay: floor", floor, floor >= 0 && floor <= 1, "a number in [0, 1]");
  return ({ epoch, epochs }) => {
    if (epoch <= after) return 1;
    const part = Math.min(1, (epoch - after) / (epochs - after));
    return floor + ((1 - floor) * (1 + Math.cos(Math.PI * part))) / 2;
  };
}

/** How long `warmUp` takes. */
export interface WarmUpOptions {
  /** Epochs until the full rate, at least 0; 0 is none. */
  readonly epochs: number;
}

/**
 * The rate rises from 0 in a straight line, and stays.
 *
 * @throws ParzenError OPTION_INVALID
 * @source Goyal et al. 2017 (Accurate, large minibatch SGD), section 2.2
 */
export function warmUp(options: WarmUpOptions): Schedule {
  checkNames(options, ["epochs"]);
  const { epochs: rise } = options;
  check("warmUp: epochs", rise, rise >= 0 && Number.isFinite(rise), "a number of epochs");
  return ({ epoch }) => (epoch >= rise ? 1 : epoch / rise);
}

/** Several schedules in one: their factors are multiplied. @throws ParzenError OPTION_INVALID for one that is no function */
export function composeSchedules(...schedules: readonly Schedule[]): Schedule {
  for (const [at, each] of schedules.entries()) checkFunction(`composeSchedules: schedule ${at + 1}`, each);
  return (at) => schedules.reduce((factor, schedule) => factor * schedule(at), 1);
}

function check(what: string, value: number, isRight: boolean, expected: string): void {
  if (isRight) return;
  throw invalid(what, expected, value);
}

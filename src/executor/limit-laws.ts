import { type OptionLaw, type OptionLaws, orNull } from "../trial/option-check.ts";

/** A time, which may also be without end: see `Deadline`. */
export const TIME: OptionLaw = {
  expected: "milliseconds from 0",
  accepts: (value) => typeof value === "number" && value >= 0,
};

/** The limits of a trial, as options of an executor. */
export const LIMIT_LAWS: OptionLaws = { trialTimeoutMs: orNull(TIME), graceMs: TIME };

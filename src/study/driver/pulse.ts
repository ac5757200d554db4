import { onAbort } from "./abort-listener.ts";
import { type DriverOptions, usesFleet } from "./driver-options.ts";

/** How often a driver looks for what other processes wrote. */
const POLL_MS = 500;

/**
 * The longest between two signs of life of a driver beside workers. Where nobody says anything for half of a worker's
 * lease, that counts as an outage, and a worker that died in it is given time to come back.
 */
const SIGN_MS = 2000;

export interface PulseListener {
  /** Time for a sign of life, and to see after trials. */
  beat(): void;
  /** Time for a sign of life alone. */
  sign(): void;
  /** Something may have changed. */
  wake(): void;
  /** What runs here is to be given back at once. */
  handBack(): void;
}

/** What moves a driver besides its own trials: time, and who tells it to end. @returns ends it */
export function startPulse(options: DriverOptions, listener: PulseListener): () => void {
  const { leaseMs, halt, drain } = options;
  const { beat, sign, wake, handBack } = listener;
  const timers = [setInterval(beat, leaseMs / 6), setInterval(wake, POLL_MS)];
  if (usesFleet(options) && leaseMs / 6 > SIGN_MS) timers.push(setInterval(sign, SIGN_MS));
  const unheard = [onAbort(halt, handBack), onAbort(drain, wake)];
  return () => {
    for (const timer of timers) clearInterval(timer);
    for (const end of unheard) end();
  };
}

import { type Fidelity, readFidelity } from "../trial/fidelity.ts";
import { fail, type SweepSource } from "./source.ts";

/** The budget that a sweep names. @throws SweepError at the key that is wrong */
export function readSweepFidelity(given: unknown, source: SweepSource): Fidelity {
  const read = readFidelity(given);
  if ("fidelity" in read) return read.fidelity;
  const { key, ...fault } = read.fault;
  const keys = key === null ? ["fidelity"] : ["fidelity", key];
  throw fail(source, keys, { ...fault, part: "received" in fault ? "value" : "key" });
}

import { cpus, type } from "node:os";

/** Where figures were taken, for a report's head. */
export function machine(): string {
  const [first] = cpus();
  return `${cpus().length} x ${first?.model.trim() ?? "unknown"}, ${type()}, Node ${process.version}`;
}

/** The day too, for figures that are cited. */
export function dayAndMachine(): string {
  return `${new Date().toISOString().slice(0, 10)}, ${machine()}`;
}

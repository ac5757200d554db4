import type { SlotEnvironment } from "../../src/executor/pool/gpu.ts";

/** The GPUs slot by slot, such as `0 0 1+2`; null where no slot has one. */
export function gpusText(slots: readonly SlotEnvironment[]): string | null {
  if (slots.every(({ gpus }) => gpus.length === 0)) return null;
  return slots.map(({ gpus }) => gpus.join("+")).join(" ");
}

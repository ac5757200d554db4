import { ParzenError } from "../../errors.ts";
import { MAX_SLOTS } from "../../sweep/checks.ts";

/** What makes one slot different from another. */
export interface SlotEnvironment {
  readonly slot: number;
  /** The GPUs it may use, as CUDA names them; none for a slot that leaves the machine's choice alone. */
  readonly gpus: readonly string[];
  readonly env: { readonly [variable: string]: string };
}

/** Slots without GPUs of their own: `CUDA_VISIBLE_DEVICES` stays what it is. */
export function plainSlots(count: number): readonly SlotEnvironment[] {
  if (!Number.isInteger(count) || count < 1 || count > MAX_SLOTS) {
    throw new ParzenError("OPTION_INVALID", `slots: expected an integer from 1 to ${MAX_SLOTS}, received ${count}`);
  }
  return Array.from({ length: count }, (_, slot) => ({ slot, gpus: [], env: {} }));
}

/**
 * The slots that a GPU option asks for, separated by commas.
 *
 * - `all` is one slot for each GPU; an inherited `CUDA_VISIBLE_DEVICES` bounds it
 * - `0` or `GPU-8f2c...` is one slot with that GPU
 * - `0:2` is two slots that share GPU 0
 * - `0+1` is one slot with both
 *
 * A slot counts its GPUs by their place on the bus, as the inventory does; CUDA alone would put the fastest first.
 *
 * @param inventory the GPUs there are: indices, or their identifiers
 * @param inherited the value of `CUDA_VISIBLE_DEVICES`; undefined where it is not set
 * @throws ParzenError with code OPTION_INVALID naming the wrong part
 */
export function parseGpus(
  text: string,
  inventory: readonly (number | string)[],
  inherited?: string,
): readonly SlotEnvironment[] {
  const known = inventory.map(String);
  const groups = text.split(",").flatMap((part) => groupsOf(part.trim(), known, inherited));
  return groups.map((gpus, slot) => ({
    slot,
    gpus,
    env: { CUDA_DEVICE_ORDER: "PCI_BUS_ID", CUDA_VISIBLE_DEVICES: gpus.join(","), TF_FORCE_GPU_ALLOW_GROWTH: "true" },
  }));
}

function groupsOf(
  part: string,
  known: readonly string[],
  inherited: string | undefined,
): readonly (readonly string[])[] {
  if (part === "all") return everyGpu(known, inherited);
  const [, names, share] = /^([^:]+)(?::([1-9]\d{0,2}))?$/.exec(part) ?? [];
  if (names === undefined)
    throw wrong(part, "all, a GPU such as 0, 0:2 for two slots on GPU 0, or 0+1 for both", known);
  const gpus = names.split("+");
  const missing = gpus.find((gpu) => !known.includes(gpu));
  if (missing !== undefined) throw wrong(part, "a GPU of this machine", known);
  if (new Set(gpus).size < gpus.length) throw wrong(part, "each GPU once", known);
  return Array.from({ length: Number(share ?? 1) }, () => gpus);
}

/** @source CUDA C++ Programming Guide, CUDA_VISIBLE_DEVICES: what follows an index that does not exist is invisible */
function everyGpu(known: readonly string[], inherited: string | undefined): readonly (readonly string[])[] {
  const allowed = inherited?.split(",").map((gpu) => gpu.trim()) ?? known;
  const unknown = allowed.findIndex((gpu) => !known.includes(gpu) && !/^(GPU|MIG)-/.test(gpu));
  const gpus = unknown === -1 ? allowed : allowed.slice(0, unknown);
  if (known.length === 0 || gpus.length === 0) {
    const why = inherited === undefined ? "" : ` that CUDA_VISIBLE_DEVICES=${JSON.stringify(inherited)} allows`;
    throw wrong("all", `at least one GPU${why}`, known);
  }
  return gpus.map((gpu) => [gpu]);
}

function wrong(part: string, expected: string, known: readonly string[]): ParzenError {
  const there = known.length === 0 ? "no GPU was found" : `this machine has ${known.join(", ")}`;
  return new ParzenError("OPTION_INVALID", `gpus: expected ${expected}, received ${JSON.stringify(part)}; ${there}`, {
    hint: "`nvidia-smi -L` lists the GPUs.",
  });
}

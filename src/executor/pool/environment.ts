import { MARKER } from "../slot/process-tree.ts";
import type { SlotEnvironment } from "./gpu.ts";

/** Variables of the driver that are none of its children's business. */
const WITHHELD = new Set(["PARZEN_STORE", "NODE_CHANNEL_FD", "NODE_CHANNEL_SERIALIZATION_MODE", MARKER]);

/** `scheme://user:password@host`, anywhere in a value. */
const URL_WITH_PASSWORD = /[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i;

/**
 * What a slot's processes inherit: everything but the store's address and every variable that holds a URL with a
 * password, and on top of it what makes the slot its own, such as its GPUs.
 */
export function slotEnvironment(inherited: NodeJS.ProcessEnv, slot: SlotEnvironment): NodeJS.ProcessEnv {
  const kept = Object.entries(inherited).filter(
    ([name, value]) => value !== undefined && !WITHHELD.has(name) && !URL_WITH_PASSWORD.test(value),
  );
  return { ...Object.fromEntries(kept), ...slot.env };
}

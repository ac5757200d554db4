import { MARKER } from "../process/process-tree.ts";
import type { SlotEnvironment } from "./gpu.ts";

/** Variables of the driver that are none of its children's business. */
const WITHHELD = new Set(["PARZEN_STORE", "NODE_CHANNEL_FD", "NODE_CHANNEL_SERIALIZATION_MODE", MARKER]);

/** `scheme://user:password@host`, anywhere in a value. */
const URL_WITH_PASSWORD = /[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/@]+)@/i;

/** From this length on a password is looked for within values, too: a shorter one may be in any by chance. */
const LONG = 8;

/**
 * What a slot's processes inherit: everything but the store's address, every variable that holds a URL with a password,
 * and every one that holds the store's password; and on top of it what makes the slot its own, such as its GPUs.
 */
export function slotEnvironment(inherited: NodeJS.ProcessEnv, slot: SlotEnvironment): NodeJS.ProcessEnv {
  const secrets = passwordsOf(inherited["PARZEN_STORE"] ?? "");
  const isSecret = (value: string): boolean =>
    URL_WITH_PASSWORD.test(value) || secrets.some((secret) => value === secret || holds(value, secret));
  const kept = Object.entries(inherited).filter(
    ([name, value]) => value !== undefined && !WITHHELD.has(name) && !isSecret(value),
  );
  return { ...Object.fromEntries(kept), ...slot.env };
}

/** The password of a URL, as it is written there and as it is meant. */
function passwordsOf(url: string): readonly string[] {
  const [, password] = URL_WITH_PASSWORD.exec(url) ?? [];
  if (password === undefined) return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

function holds(value: string, secret: string): boolean {
  return secret.length >= LONG && value.includes(secret);
}

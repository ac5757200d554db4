import { ParzenError } from "../errors.ts";
import { showLocation } from "./location.ts";
import type { Store } from "./store.ts";

/** Tells an open store from the location of one. @throws OPTION_INVALID for what is neither */
export function isOpenStore(given: string | Store): given is Store {
  if (typeof given === "string") return false;
  if (typeof given?.findStudy === "function") return true;
  throw new ParzenError(
    "OPTION_INVALID",
    `store: expected a location, or an open store, received ${showLocation(given)}`,
  );
}

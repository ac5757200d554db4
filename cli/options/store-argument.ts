import { maskLocation } from "../../src/store/location.ts";
import { usualStore } from "./store-option.ts";

/**
 * What a printed command needs in order to mean this store: nothing where it would anyway. A password is masked, since
 * a command is printed, logged and stored; it stays out of sight in PARZEN_STORE.
 */
export function storeArguments(store: string): readonly string[] {
  return store === usualStore() ? [] : ["--store", maskLocation(store)];
}

/** What to say to who gave a password as an argument; null for anybody else. */
export function passwordWarning(store: string): string | null {
  if (store === usualStore() || maskLocation(store) === store) return null;
  const seen = "a password in --store is seen by everybody on this machine, and is masked in the commands printed here";
  return `${seen}. Put the URL into PARZEN_STORE: then they work as they stand`;
}

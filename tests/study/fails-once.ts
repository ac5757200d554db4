import { ParzenError, type Store } from "../../src/index.ts";

/** A store that cannot be reached the first time that one of its methods is called. */
export function failsOnce(store: Store, method: keyof Store): Store {
  let isAway = true;
  return new Proxy(store, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== "function") return value;
      return (...given: unknown[]) => {
        if (key !== method || !isAway) return value.apply(target, given);
        isAway = false;
        return Promise.reject(new ParzenError("STORE_UNAVAILABLE", "the store is away"));
      };
    },
  });
}

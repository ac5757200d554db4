/**
 * A function of an object that is made up once for each: what it gave is kept as long as the object is. It saves time and
 * changes nothing, as long as `make` gives the same whenever it is asked.
 */
export function oncePer<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const kept = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let found = kept.get(key);
    if (found === undefined) {
      found = { value: make(key) };
      kept.set(key, found);
    }
    return found.value;
  };
}

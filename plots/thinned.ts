/** At most so many of a list, evenly spread from its first to its last; those that are kept come at the end. */
export function thinned<T>(all: readonly T[], most: number, isKept: (each: T) => boolean): readonly T[] {
  const kept = all.filter(isKept);
  const others = all.filter((each) => !isKept(each));
  return [...evenly(others, most - kept.length), ...kept];
}

function evenly<T>(all: readonly T[], most: number): readonly T[] {
  if (all.length <= most) return all;
  const gap = (all.length - 1) / (most - 1);
  const drawn = new Set(Array.from({ length: most }, (_, index) => Math.round(index * gap)));
  return all.filter((_, index) => drawn.has(index));
}

/** A sentence for trials that are not drawn; empty where all are. */
export function thinnedText(trials: number, most: number): string {
  return trials <= most ? "" : ` Drawn are ${most} of ${trials} trials.`;
}

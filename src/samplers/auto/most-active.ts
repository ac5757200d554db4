import type { CompiledSpace } from "../../space/compile.ts";

/** The most params that one configuration can have. */
export function mostActive({ dimensions }: CompiledSpace): number {
  const below = dimensions.map(() => new Map<number, number>());
  let most = 0;
  for (let index = dimensions.length - 1; index >= 0; index--) {
    const own = 1 + Math.max(0, ...(below[index]?.values() ?? []));
    const condition = dimensions[index]?.condition ?? null;
    if (condition === null) most += own;
    else {
      const siblings = below[condition.dimension];
      siblings?.set(condition.option, (siblings.get(condition.option) ?? 0) + own);
    }
  }
  return most;
}

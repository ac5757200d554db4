import { describe, expect, it } from "vitest";
import type { Check } from "../../src/testing/check.ts";

/** An implementation of a port that breaks one of its laws at least. */
export interface Mutant<T> {
  readonly make: () => T;
  /** Name of that law. */
  readonly breaks: string;
}

/** A contract is worth what it rejects: declares that it rejects each of these, and that each of its laws rejects one. */
export function describeMutants<T>(
  port: string,
  checks: readonly Check<T>[],
  mutants: { readonly [what: string]: Mutant<T> },
): void {
  const known = new Map<() => T, readonly string[]>();
  const brokenBy = (make: () => T): readonly string[] => {
    const laws = known.get(make) ?? lawsBrokenBy(make, checks);
    known.set(make, laws);
    return laws;
  };
  describe(`the ${port} contract rejects a ${port} that`, () => {
    it.each(Object.entries(mutants))("%s", (_, { make, breaks }) => {
      expect(brokenBy(make)).toContain(breaks);
    });

    it("has a mutant for every law", () => {
      const broken = new Set(Object.values(mutants).flatMap(({ make }) => brokenBy(make)));
      expect(checks.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
    });
  });
}

function lawsBrokenBy<T>(make: () => T, checks: readonly Check<T>[]): readonly string[] {
  return checks.filter(({ run }) => throws(() => run(make))).map(({ name }) => name);
}

function throws(act: () => void): boolean {
  try {
    act();
    return false;
  } catch {
    return true;
  }
}

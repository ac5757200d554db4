import type { Provenance } from "../../src/sweep/provenance.ts";

/** Digits of a hash that people compare. */
const DIGITS = 12;

/** A version of an objective for people: `3f9a0c12b4d5 (commit 9f8e7d6c5b4a, changed 2026-11-23 04:28:10Z)`. */
export function versionText(version: string, from: Provenance | undefined): string {
  const hash = version.slice(0, DIGITS);
  if (from === undefined) return hash;
  const commit = from.commit === null ? "no commit" : `commit ${from.commit.slice(0, DIGITS)}`;
  const changed = new Date(from.changedAtMs).toISOString().slice(0, 19).replace("T", " ");
  return `${hash} (${commit}, changed ${changed}Z)`;
}

import type { Provenance } from "../../src/sweep/provenance.ts";

/** Digits of a hash that people compare. */
const DIGITS = 12;

/** The first digits of a hash, for people. */
export function shortHash(hash: string): string {
  return hash.slice(0, DIGITS);
}

/** A version of an objective for people: `3f9a0c12b4d5 (commit 9f8e7d6c5b4a, changed 2026-11-23 04:28:10Z)`. */
export function versionText(version: string, from: Provenance | undefined): string {
  const hash = shortHash(version);
  if (from === undefined) return hash;
  const commit = from.commit === null ? "no commit" : `commit ${shortHash(from.commit)}`;
  const changed = new Date(from.changedAtMs).toISOString().slice(0, 19).replace("T", " ");
  return `${hash} (${commit}, changed ${changed}Z)`;
}

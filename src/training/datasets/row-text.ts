/** How a message names a row: samples have numbers from 0, as in `labels`, while lines of files are counted from 1. */
export function rowText(row: number): string {
  return `row ${row} (counted from 0)`;
}

/**
 * Rewrites curve files in their short form, about a tenth of the size.
 *
 *   npx tsx bench/search/compact.ts FILE... > short.jsonl
 */
import { readFileSync } from "node:fs";
import { formatCurve, longest, parseCurves } from "./curve.ts";

const curves = process.argv.slice(2).flatMap((file) => parseCurves(readFileSync(file, "utf8")));
for (const curve of longest(curves)) console.log(formatCurve(curve));

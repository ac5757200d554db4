/**
 * Rewrites curve files in their short form, about a tenth of the size.
 *
 *   npx tsx bench/search/compact.ts FILE... > short.jsonl
 */
import { formatCurve, longest, readCurves } from "./curve.ts";

const curves = process.argv.slice(2).flatMap((file) => readCurves(file));
for (const curve of longest(curves)) console.log(formatCurve(curve));

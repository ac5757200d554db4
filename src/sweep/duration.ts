const UNITS: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** What `parseDuration` reads, for messages. */
export const DURATION = 'seconds above 0 as a number, or text such as "90s", "10m", "2h", "1d"';

/**
 * A duration in milliseconds, or null where `value` is none. One of more milliseconds than are told apart, some 285,000
 * years, is none.
 *
 * @param value a positive number of seconds, as number or text; or text of numbers and units (ms, s, m, h, d) that are
 *   added up, such as "1h30m"
 */
export function parseDuration(value: unknown): number | null {
  const ms = typeof value === "number" ? value * 1000 : typeof value === "string" ? fromText(value.trim()) : 0;
  return ms > 0 && ms <= Number.MAX_SAFE_INTEGER ? ms : null;
}

function fromText(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d)\s*)+$/.test(text)) return 0;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  return parts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * (UNITS[unit] ?? 0), 0);
}

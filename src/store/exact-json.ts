/*
 * JSON that keeps every number: losses and reports may be NaN or infinite, and a quantized param may be -0, none of
 * which JSON has. They are written as the texts `$NaN`, `$Infinity`, `$-Infinity` and `$-0`; a text that begins with `$`
 * gets a second one.
 */

/** @param indent spaces for each level; none for one line */
export function toExactJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, encode, indent);
}

/** @throws SyntaxError */
export function fromExactJson(text: string): unknown {
  return text.includes('"$') ? JSON.parse(text, decode) : JSON.parse(text);
}

function encode(_key: string, value: unknown): unknown {
  if (typeof value === "number") {
    if (Number.isFinite(value)) return Object.is(value, -0) ? "$-0" : value;
    return `$${value}`;
  }
  return typeof value === "string" && value.startsWith("$") ? `$${value}` : value;
}

function decode(_key: string, value: unknown): unknown {
  if (typeof value !== "string" || !value.startsWith("$")) return value;
  return value.startsWith("$$") ? value.slice(1) : Number(value.slice(1));
}

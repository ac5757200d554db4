import fc from "fast-check";

/** Halves of a pair in UTF-16, which are no characters. */
const SURROGATES = { first: 0xd800, amount: 0x800 };

function characterAt(index: number): string {
  return String.fromCodePoint(index < SURROGATES.first ? index : index + SURROGATES.amount);
}

function indexOf(text: unknown): number {
  const code = (typeof text === "string" ? text.codePointAt(0) : undefined) ?? 0;
  const index = code < SURROGATES.first ? code : code - SURROGATES.amount;
  if (text !== characterAt(index)) throw new Error("not one character");
  return index;
}

/** Every character of Unicode is as likely. */
const character = fc.nat({ max: 0x10ffff - SURROGATES.amount }).map(characterAt, indexOf);

/**
 * What `fc.string({ unit: "binary" })` gives, text for text, without the table of a million characters that it fills in
 * each process to find its own words in.
 */
export function anyText(constraints: Pick<fc.StringConstraints, "maxLength"> = {}): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: character });
}

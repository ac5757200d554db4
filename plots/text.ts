/** A number as people read it, in four significant digits, but whole numbers as they are. */
export function rounded(value: number): string {
  const isLong = Math.abs(value) >= 1000 && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  const short = isLong ? Math.round(value) : Number(value.toPrecision(4));
  return String(Number.isFinite(short) ? short : value); // the largest number would become an infinity
}

/** A number at an axis, free of the noise of its last bits; short, as many stand side by side. */
export function tickText(value: number): string {
  const exact = Number(value.toPrecision(13));
  const [plain, exponential] = [String(exact), exact.toExponential()];
  const isPlain = exact === 0 || (Math.abs(exact) >= 1e-3 && Math.abs(exact) < 1e6);
  return isPlain || plain.length <= exponential.length ? plain : exponential;
}

/**
 * A name in one line, cut at its beginning, which says less than its end.
 *
 * @param most its width, in letters; those of East Asia and pictures are two wide
 */
export function shortened(name: string, most: number): string {
  const letters = [...name.replaceAll(/\p{Cc}/gu, " ")].slice(-most - 1);
  if (widthOf(letters) <= most) return letters.join("");
  while (widthOf(letters) > most - 1) letters.shift();
  return `…${letters.join("")}`;
}

/** The beginning of a text, in one line. @param most letters */
export function beginning(text: string, most: number): string {
  const letters = [...text.replaceAll(/\p{Cc}/gu, " ").slice(0, 2 * most + 2)];
  return letters.length <= most ? letters.join("") : `${letters.slice(0, most).join("")}…`;
}

function widthOf(letters: readonly string[]): number {
  return letters.reduce((width, letter) => width + (letter < WIDE_FROM ? 1 : 2), 0);
}

/** The first of the letters of East Asia; pictures come after them. */
const WIDE_FROM = "\u2e80";

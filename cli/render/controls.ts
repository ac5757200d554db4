/** What sets colours and weights on a terminal, and moves nothing; splits a text into what is none and what is one. */
export const STYLE: RegExp = new RegExp(`(${"\u001b"}\\[[\\d;]*m)`);

/** Text whose control characters, which a terminal would obey, are spelt out, as in `\u001b`; lines and tabs stay. */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t\n]/gu, spelt);
}

/** The same of what is painted already: colours and weights stay, too, as they move nothing. */
export function styled(text: string): string {
  return text
    .split(STYLE)
    .map((part, at) => (at % 2 === 0 ? printable(part) : part))
    .join("");
}

/** The same of what is to stay on its line: `\n` and `\t`, too. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, spelt);
}

function spelt(control: string): string {
  const short = JSON.stringify(control).slice(1, -1);
  return short === control ? `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}` : short;
}

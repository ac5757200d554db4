/** Text whose control characters, which a terminal would obey, are spelt out, as in `\u001b`; lines and tabs stay. */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t\n]/gu, spelt);
}

/** The same of what is to stay on its line: `\n` and `\t`, too. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, spelt);
}

function spelt(control: string): string {
  const short = JSON.stringify(control).slice(1, -1);
  return short === control ? `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}` : short;
}

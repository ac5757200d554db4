const ENTITIES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What no XML document may hold, not even escaped: most control characters, and halves of characters. */
const FORBIDDEN = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A text or a document that any reader of XML takes, with a question mark for what none does. */
export function wellFormed(text: string): string {
  return text.replaceAll(FORBIDDEN, "?");
}

/** A text as HTML and SVG show it, within an element or a quoted attribute. */
export function escaped(text: string): string {
  return wellFormed(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Rows of texts as a table; the first column of each row names it where there is no head. */
export function tableHtml(rows: readonly (readonly string[])[], head: readonly string[] | null = null): string {
  const cells = (row: readonly string[], tag: string): string =>
    row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join("");
  const first = head === null ? "" : `<thead><tr>${cells(head, "th")}</tr></thead>`;
  const body = rows.map(([name = "", ...others]) =>
    head === null
      ? `<tr><th>${escaped(name)}</th>${cells(others, "td")}</tr>`
      : `<tr>${cells([name, ...others], "td")}</tr>`,
  );
  return `<table>${first}<tbody>${body.join("\n")}</tbody></table>`;
}

const STYLE = `
body { font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; color: #333; }
main { max-width: 1080px; margin: 2rem auto; padding: 0 1rem; }
figure { margin: 2rem 0; }
figure svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
th, td { padding: 0.2rem 1rem 0.2rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #eee; }
th, td { max-width: 24rem; overflow-wrap: break-word; }
td { font-variant-numeric: tabular-nums; }
th { font-weight: 600; }`;

/** A page that needs nothing from anywhere else. @param body HTML */
export function pageHtml(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

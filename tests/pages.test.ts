import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { expect, test } from "vitest";

const PAGES = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md", "bench/search/tasks/README.md"],
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** A page without its code blocks. */
const proseOf = (page: string): string => readFileSync(page, "utf8").replace(/```[\s\S]*?```/g, "");

/** Where the titles of a page can be reached, as GitHub names them. */
function anchorsOf(page: string): readonly string[] {
  const titles = [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) => title.toLowerCase());
  return titles.map((title) => title.replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-"));
}

test.each(PAGES)("%s links to pages and titles that there are", (page) => {
  const links = [...proseOf(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
  for (const [link, path = "", anchor] of links) {
    const target = path === "" ? page : posix.join(posix.dirname(page), path);
    expect(existsSync(target), link).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(target), link).toContain(anchor);
  }
});

test.each(PAGES)("%s names files of the code that there are", (page) => {
  const named = [...proseOf(page).matchAll(/`([\w.-]+(?:\/[\w.-]+)+\.(?:m?ts|mjs|py|sh))`/g)].map(
    ([, path = ""]) => path,
  );
  expect(named.filter((path) => !existsSync(path) && !existsSync(`src/${path}`))).toEqual([]);
});

/** One fenced block of a Markdown page. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** From a comment `<!-- file: name -->` before it. */
  readonly file: string | null;
}

const FENCE = /(?:<!-- file: (\S+) -->\n)?```(\w+)\n([\s\S]*?)```/g;

/** The fenced blocks of a page, in order. */
export function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(FENCE)].map(([, file = null, language = "", text = ""]) => ({ language, text, file }));
}

import { DOMParser } from "@xmldom/xmldom";

/** The texts in a document, element by element. Throws where it is not well-formed. */
export function textsOf(xml: string, element: string): readonly string[] {
  const refuse = (level: string, message: unknown): never => {
    throw new Error(`${level}: ${String(message)}`);
  };
  const document = new DOMParser({ onError: refuse }).parseFromString(xml, "text/xml");
  return [...document.getElementsByTagName(element)].map(({ textContent }) => textContent ?? "");
}

/** Where a document holds what no figure should, but for messages of trials that failed. */
export function spoiled(svg: string): readonly string[] {
  const own = svg.replaceAll(/<title>trial \d+, failed: [^\n<]*/g, "<title>");
  return own.match(/[^<>]*(NaN|undefined|Infinity|\[object)[^<>]*/g) ?? [];
}

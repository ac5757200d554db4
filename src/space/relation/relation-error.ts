import { ParzenError } from "../../errors.ts";

/** A relation that cannot be read, or that says nothing sensible about its space. */
export class RelationError extends ParzenError {
  /** The expression. */
  readonly text: string;
  /** Offset in it, from 0. */
  readonly at: number;
  /** What is wrong there, without the place. */
  readonly problem: string;

  constructor(text: string, at: number, fault: { readonly problem: string; readonly hint?: string | undefined }) {
    const { problem, hint } = fault;
    const message = `where: ${quoted(text)}, column ${at + 1}: ${problem}`;
    super("OPTION_INVALID", message, hint === undefined ? {} : { hint });
    this.text = text;
    this.at = at;
    this.problem = problem;
  }
}

/** An expression as messages show it: in one line, each character in its column. */
export function quoted(text: string): string {
  const line = text.trimEnd().replace(/[\r\n]/g, " ");
  return line.includes('"') ? `'${line}'` : `"${line}"`;
}

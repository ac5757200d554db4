import { ParzenError } from "../../src/errors.ts";
import { type Cell, type Columns, columnOf, type HasFields } from "./fields.ts";

const COMPARISONS: { readonly [operator: string]: (left: number, right: number) => boolean } = {
  "<=": (left, right) => left <= right,
  ">=": (left, right) => left >= right,
  "<": (left, right) => left < right,
  ">": (left, right) => left > right,
};

/**
 * The rows that a comparison such as `loss<0.1`, `optimizer.type=adam` or `state!=failed` holds for. A row without the
 * column only passes `!=`; nothing behind `=` or `!=` is the empty text.
 *
 * @throws OPTION_INVALID
 */
export function filterRows<R extends HasFields>(rows: readonly R[], text: string, columns: Columns): readonly R[] {
  const [, typed, operator, value] = /^\s*([^<>=!]+?)\s*(<=|>=|!=|==?|<|>)\s*(.*?)\s*$/.exec(text) ?? [];
  if (typed === undefined || operator === undefined || value === undefined) {
    throw wrong(text, "a column, one of < <= > >= = != and a value, such as loss<0.1");
  }
  const column = columnOf(typed, columns);
  const compare = COMPARISONS[operator];
  const wanted = numberIn(value);
  if (compare === undefined) {
    return rows.filter(({ fields }) => equals(fields.get(column), value) === (operator !== "!="));
  }
  if (Number.isNaN(wanted)) throw wrong(text, `a number after ${operator}`);
  return rows.filter(({ fields }) => {
    const cell = fields.get(column);
    return typeof cell === "number" && compare(cell, wanted);
  });
}

/**
 * Rows by a column, those without it or with NaN there last: the loss with the best first, every other column ascending.
 *
 * @param typed with `-` before it for the other way round
 */
export function sortRows<R extends HasFields>(rows: readonly R[], typed: string, columns: Columns): readonly R[] {
  const isReversed = typed.startsWith("-");
  const column = columnOf(isReversed ? typed.slice(1) : typed, columns);
  const isDescending = isReversed !== (column === "loss" && columns.direction === "maximize");
  return rows.toSorted((left, right) => {
    const [one, other] = [left.fields.get(column), right.fields.get(column)];
    if (isNothing(one) || isNothing(other)) return Number(isNothing(one)) - Number(isNothing(other));
    return isDescending ? order(other, one) : order(one, other);
  });
}

function isNothing(cell: Cell | undefined): cell is null | undefined {
  return cell === undefined || cell === null || Number.isNaN(cell);
}

/** Numbers come before whatever else a column has. */
function order(left: Cell, right: Cell): number {
  if (typeof left === "number") return typeof right !== "number" || left < right ? -1 : Number(left > right);
  if (typeof right === "number") return 1;
  return String(left).localeCompare(String(right));
}

function equals(cell: Cell | undefined, value: string): boolean {
  if (cell === undefined) return false;
  return typeof cell === "number" ? cell === numberIn(value) : String(cell) === value;
}

/** NaN where the text is no number, as the empty one. */
function numberIn(text: string): number {
  return text === "" ? Number.NaN : Number(text);
}

function wrong(text: string, expected: string): ParzenError {
  return new ParzenError("OPTION_INVALID", `--filter: expected ${expected}, received ${JSON.stringify(text)}`);
}

/** New rows must not push others about under the pointer: which may be shown, and which wait behind a button? */

export interface Held<Row> {
  shown: Row[];
  held: Row[];
}

/** Rows not in `known` wait, unless they come after every known one; nothing waits while `known` is undefined. */
export function holdRows<Row>(
  rows: Row[],
  idOf: (row: Row) => string,
  known: ReadonlySet<string> | undefined,
): Held<Row> {
  if (!known || known.size === 0) return { shown: rows, held: [] };
  const lastKnown = rows.findLastIndex((row) => known.has(idOf(row)));
  const held = rows.filter((row, index) => index < lastKnown && !known.has(idOf(row)));
  return { shown: rows.filter((row) => !held.includes(row)), held };
}

// Prints answers for people: plain aligned text that pipes and screen readers can follow.

const widestColumn = 44;

/** A table of the named fields, one row a line; “nothing” when there are no rows. */
export function table(rows: readonly object[], fields: readonly string[]): string {
  if (rows.length === 0) return 'nothing';
  const cells = [
    [...fields],
    ...rows.map((row) => {
      const values = new Map(Object.entries(row));
      return fields.map((field) => show(values.get(field)));
    }),
  ];
  const widths = fields.map((_, column) =>
    Math.min(widestColumn, Math.max(...cells.map((row) => (row[column] ?? '').length))),
  );
  return cells
    .map((row) =>
      row
        .map((cell, column) => cut(cell).padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** One fact a line; nested values as JSON. */
export function facts(value: object): string {
  const entries = Object.entries(value);
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, fact]) => `${name.padEnd(width)}  ${show(fact)}`).join('\n');
}

/** Control characters, and those that turn the direction of what follows around. */
const steering = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

function show(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number' && !Number.isInteger(value)) return value.toFixed(2);
  return printable(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Values come from a database: nothing in them may steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(steering, '�');
}

function cut(text: string): string {
  return text.length > widestColumn ? `${text.slice(0, widestColumn - 1)}…` : text;
}

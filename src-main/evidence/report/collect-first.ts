// The first rows of something, and how many there are.

export type Listed<Row> = { readonly rows: readonly Row[]; readonly total: number };

export function firstOf<Row>(limit: number) {
  const rows: Row[] = [];
  let total = 0;
  return {
    add: (row: Row): void => {
      total += 1;
      if (rows.length < limit) rows.push(row);
    },
    listed: (): Listed<Row> => ({ rows: [...rows], total }),
  };
}

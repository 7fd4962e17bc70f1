// Pauses between rows of a pack that take long to find, so that others get their turn meanwhile.

/** Comes between rows; whoever takes them breathes there. */
export const notYet: unique symbol = Symbol('not yet');
export type NotYet = typeof notYet;

const rowsBetweenPauses = 500;

/** The same rows, with a pause now and then. */
export function* inPieces<Row>(rows: Iterable<Row>): Generator<Row | NotYet> {
  let count = 0;
  for (const row of rows) {
    yield row;
    count += 1;
    if (count % rowsBetweenPauses === 0) yield notYet;
  }
}

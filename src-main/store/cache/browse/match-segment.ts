// Which rows of a segment a question asks for: a list that gets shorter condition by condition, the cheapest first.
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import type { ColumnCondition, EventQuestion, WordSought } from './event-question.ts';
import { wordInIds, wordInTexts, type RowTest } from './find-word.ts';
import type { SearchedSegment } from './searched-segment.ts';

/** Rows in order: all of [first, end), or those listed. */
export type MatchingRows = {
  readonly length: number;
  readonly rowAt: (place: number) => number;
};

const none: MatchingRows = { length: 0, rowAt: () => -1 };

export function matchSegment(segment: SearchedSegment, question: EventQuestion): MatchingRows {
  if (segment.lastMicroseconds < question.from || segment.firstMicroseconds >= question.to) return none;
  const first = segment.firstMicroseconds >= question.from ? 0 : firstRowAt(segment, question.from);
  const end = segment.lastMicroseconds < question.to ? segment.length : firstRowAt(segment, question.to);
  const tests = quickTests(segment, question);
  if (tests.length === 0 && question.words.length === 0)
    return { length: end - first, rowAt: (place) => first + place };
  let rows = new Uint32Array(end - first);
  for (let row = first; row < end; row += 1) rows[row - first] = row;
  for (const test of tests) rows = keep(rows, test);
  for (const sought of question.words)
    if (rows.length > 0) rows = keepHolding(segment, question, sought, rows);
  return { length: rows.length, rowAt: (place) => rows[place]! };
}

/** Row of the first event at or after an instant. */
export function firstRowAt(segment: SearchedSegment, microseconds: number): number {
  const times = segment.times();
  let low = 0;
  let high = segment.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < microseconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

function keep(rows: Uint32Array<ArrayBuffer>, test: RowTest): Uint32Array<ArrayBuffer> {
  let length = 0;
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place]!;
    if (test(row)) rows[length++] = row;
  }
  return rows.subarray(0, length);
}

function quickTests(segment: SearchedSegment, question: EventQuestion): RowTest[] {
  const { isMeant, hours, columns } = question;
  const tests: RowTest[] = [];
  if (isMeant !== null) {
    const series = segment.series();
    tests.push((row) => isMeant[series[row]!] === 1);
  }
  if (hours !== null) tests.push(hourTest(segment, hours, question.hourOfWeek));
  for (const condition of columns) tests.push(columnTest(segment, condition));
  return tests;
}

function hourTest(
  segment: SearchedSegment,
  hours: Uint8Array,
  hourOfWeek: (slot: number) => number,
): RowTest {
  const times = segment.times();
  // Rows come in time order, so most lie in the same quarter hour as the one before.
  let last = { slot: Number.NaN, isAsked: false };
  return (row) => {
    const slot = Math.floor(times[row]! / microsecondsPerSlot);
    if (slot !== last.slot) last = { slot, isAsked: hours[hourOfWeek(slot)] === 1 };
    return last.isAsked;
  };
}

/** Where the field is not mirrored nothing is known, so nothing matches. */
function columnTest(segment: SearchedSegment, { field, accepts }: ColumnCondition): RowTest {
  const column = segment.texts(field);
  if (column === null) return () => false;
  if (column.kind === 'coded') {
    const isAsked = column.values.map(accepts);
    return (row) => isAsked[column.codes[row]!]!;
  }
  const { offsets, bytes, isNull } = column;
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (row) => accepts(isNull?.[row] === 1 ? null : all.toString('utf8', offsets[row], offsets[row + 1]));
}

/** Rows in which a word occurs: what is known by series first, then column by column among those left. */
function keepHolding(
  segment: SearchedSegment,
  { wordColumns, inIds }: EventQuestion,
  { word, inSeries }: WordSought,
  rows: Uint32Array<ArrayBuffer>,
): Uint32Array<ArrayBuffer> {
  const series = segment.series();
  const isHit = new Uint8Array(segment.length);
  let open = 0;
  for (const row of rows) {
    if (inSeries[series[row]!] === 1) isHit[row] = 1;
    else open += 1;
  }
  const mark = (test: RowTest) => {
    for (const row of rows) {
      if (isHit[row] === 1 || !test(row)) continue;
      isHit[row] = 1;
      open -= 1;
    }
  };
  for (const field of wordColumns) if (open > 0) mark(wordInTexts(segment.texts(field), word, open));
  if (inIds && open > 0) mark(wordInIds(segment.ids, word, open));
  return keep(rows, (row) => isHit[row] === 1);
}

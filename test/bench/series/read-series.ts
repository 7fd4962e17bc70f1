// Reads one timestamp,value file into a series in order of time, and says what it had to leave out or put right.
import { Problem } from '#shared/model/problem.ts';
import { parseInstant } from '#shared/time/instant.ts';

export interface FileSeries {
  /** Seconds since the epoch, ascending; equal times stay in the order of their lines. */
  readonly seconds: Float64Array;
  readonly values: Float64Array;
  /** As they were written. */
  readonly timestamps: readonly string[];
  readonly valueTexts: readonly string[];
  /** One sentence each. */
  readonly notes: readonly string[];
}

interface Row {
  readonly line: number;
  readonly seconds: number;
  readonly value: number;
  readonly timestamp: string;
  readonly valueText: string;
}

/** @throws Problem `invalid-input` when there is nothing to judge: no columns of these names, or no line that can be read. */
export function readSeries(text: string): FileSeries {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first === -1) throw new Problem('invalid-input', 'The file is empty.');
  const columns = columnsOf(lines[first]!);
  const rows: Row[] = [];
  const unreadable: number[] = [];
  for (let at = columns.isHeader ? first + 1 : first; at < lines.length; at += 1) {
    if (lines[at]!.trim() === '') continue;
    const row = readRow(lines[at]!, at + 1, columns);
    if (row === null) unreadable.push(at + 1);
    else rows.push(row);
  }
  if (rows.length === 0)
    throw new Problem('invalid-input', 'The file has no line with a time and a finite value.');
  const sorted = rows.toSorted((a, b) => a.seconds - b.seconds || a.line - b.line);
  return {
    seconds: Float64Array.from(sorted, ({ seconds }) => seconds),
    values: Float64Array.from(sorted, ({ value }) => value),
    timestamps: sorted.map(({ timestamp }) => timestamp),
    valueTexts: sorted.map(({ valueText }) => valueText),
    notes: notesOn(rows, sorted, unreadable),
  };
}

interface Columns {
  readonly time: number;
  readonly value: number;
  readonly isHeader: boolean;
}

function columnsOf(line: string): Columns {
  const names = splitLine(line).map((name) => name.trim().toLowerCase());
  const [time, value] = [names.indexOf('timestamp'), names.indexOf('value')];
  if (time !== -1 && value !== -1) return { time, value, isHeader: true };
  const headless = { time: 0, value: 1, isHeader: false };
  if (readRow(line, 1, headless) !== null) return headless;
  throw new Problem('invalid-input', 'The first line names no columns “timestamp” and “value”.');
}

function readRow(line: string, number: number, { time, value }: Columns): Row | null {
  const fields = splitLine(line);
  const timestamp = fields[time]?.trim() ?? '';
  const valueText = fields[value]?.trim() ?? '';
  const seconds = secondsOf(timestamp);
  const amount = valueText === '' ? Number.NaN : Number(valueText);
  if (seconds === null || !Number.isFinite(amount)) return null;
  return { line: number, seconds, value: amount, timestamp, valueText };
}

/** UTC where no zone is written. */
function secondsOf(text: string): number | null {
  try {
    return parseInstant(text.replace(' ', 'T')) / 1_000_000;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** Comma-separated fields of one line; a field in quotes may hold commas and doubled quotes. */
function splitLine(line: string): string[] {
  const fields = line.match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^,]*)(?=,|$)/g) ?? [line];
  return fields.map((field) =>
    field.startsWith('"') && field.endsWith('"') && field.length > 1
      ? field.slice(1, -1).replaceAll('""', '"')
      : field,
  );
}

function notesOn(rows: readonly Row[], sorted: readonly Row[], unreadable: readonly number[]): string[] {
  const late = rows.filter((row, at) => at > 0 && row.seconds < rows[at - 1]!.seconds).length;
  const repeated = sorted.filter((row, at) => at > 0 && row.seconds === sorted[at - 1]!.seconds).length;
  const notes: string[] = [];
  if (unreadable.length > 0)
    notes.push(
      `${lines(unreadable.length)} without a readable time or a finite value left out, the first is line ${unreadable[0]}.`,
    );
  if (late > 0) notes.push(`${lines(late)} out of order; results are sorted by time.`);
  if (repeated > 0)
    notes.push(`${lines(repeated)} with the time of the one before; each is judged, in the order of lines.`);
  return notes;
}

function lines(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`;
}

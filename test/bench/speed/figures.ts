// What was measured, held against what was aimed for, as a table.

/** One measured figure: ours, what it is compared with, and the target where there is one. */
export interface Figure {
  readonly name: string;
  readonly ours: number;
  /** Null where there is nothing to compare with. */
  readonly theirs: number | null;
  readonly unit: 'ms' | 'events/s' | 'B/event';
  /** `least` means the larger the better. It limits ours / theirs, or ours itself where there is no theirs. */
  readonly target: { readonly kind: 'most' | 'least'; readonly value: number } | null;
}

export type Verdict = 'met' | 'not met' | '–';

/** What the target speaks about: ours / theirs, or ours alone. */
export function measureOf({ ours, theirs }: Figure): number {
  return theirs === null ? ours : ours / theirs;
}

export function verdictOf(figure: Figure): Verdict {
  if (figure.target === null) return '–';
  const { kind, value } = figure.target;
  const isMet = kind === 'most' ? measureOf(figure) <= value : measureOf(figure) >= value;
  return isMet ? 'met' : 'not met';
}

const headings = ['figure', 'ours', 'theirs', 'ratio', 'target', ''];

export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    amount(figure.ours, figure.unit),
    figure.theirs === null ? '' : amount(figure.theirs, figure.unit),
    figure.theirs === null ? '' : ratio(measureOf(figure)),
    targetOf(figure),
    verdictOf(figure),
  ]);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column === 0 || column === 5 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

function targetOf({ target, theirs, unit }: Figure): string {
  if (target === null) return '';
  const value = theirs === null ? amount(target.value, unit) : String(target.value);
  return `${target.kind === 'most' ? '≤' : '≥'} ${value}`;
}

function amount(value: number, unit: Figure['unit']): string {
  if (unit === 'events/s') return `${(value / 1e6).toFixed(2)} M/s`;
  if (unit === 'B/event') return `${value.toFixed(1)} B`;
  if (value >= 10_000) return `${(value / 1000).toFixed(1)} s`;
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

function ratio(value: number): string {
  return value < 0.1 ? value.toFixed(4) : value.toFixed(2);
}

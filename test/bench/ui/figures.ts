// What was measured on the screens, beside what it is compared with, as a table.
import { quantile } from '../speed/timing.ts';

export type ScreenFigure = {
  readonly name: string;
  readonly unit: 'ms' | 'MB';
  readonly ours: number;
  /** Of the plain way to do the same; null where there is none. */
  readonly plain: number | null;
};

export const figure = (name: string, ours: number, plain: number | null = null): ScreenFigure => ({
  name,
  unit: 'ms',
  ours,
  plain,
});

export const memoryFigure = (
  name: string,
  bytes: number,
  plainBytes: number | null = null,
): ScreenFigure => ({
  name,
  unit: 'MB',
  ours: bytes / 1e6,
  plain: plainBytes === null ? null : plainBytes / 1e6,
});

/** The half and the slowest twentieth of some times, each beside the same of the plain way. */
export function spreadOf(
  name: string,
  ours: readonly number[],
  plain: readonly number[] | null = null,
): ScreenFigure[] {
  return ([0.5, 0.95] as const).map((share) =>
    figure(
      `${name}, ${share === 0.5 ? 'median' : 'p95'} of ${ours.length}`,
      quantile(ours, share),
      plain === null ? null : quantile(plain, share),
    ),
  );
}

const headings = ['', 'ours', 'plain', 'ours / plain'];

export function tableOf(figures: readonly ScreenFigure[]): string {
  const rows = figures.map(({ name, unit, ours, plain }) => [
    name,
    amount(ours, unit),
    plain === null ? '' : amount(plain, unit),
    plain === null ? '' : (ours / plain).toFixed(2),
  ]);
  const widths = headings.map((heading, at) =>
    Math.max(heading.length, ...rows.map((row) => row[at]!.length)),
  );
  return [headings, widths.map((width) => '─'.repeat(width)), ...rows]
    .map((cells) =>
      cells
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function amount(value: number, unit: ScreenFigure['unit']): string {
  if (unit === 'MB') return `${value.toFixed(0)} MB`;
  if (value >= 10_000) return `${(value / 1000).toFixed(1)} s`;
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

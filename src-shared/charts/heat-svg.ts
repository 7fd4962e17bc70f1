// A heatmap of actors by hour of the week as one self-contained SVG document: the same text for the same numbers.
import { legendCounts, rampColour, type HeatTheme } from './heat-scale.ts';

export type HeatPicture = {
  readonly title: string;
  /** Lines below the title: of what, from when to when, in which zone, and what is left out. */
  readonly notes: readonly string[];
  /** In order from the top; 168 counts each, Monday 00:00 first. Names are printed as they are. */
  readonly rows: readonly { readonly name: string; readonly counts: ArrayLike<number> }[];
  /** The hours of the week the data covers; the others are drawn as gaps, never as zeros. */
  readonly covered: readonly boolean[];
  readonly theme: HeatTheme;
};

const hoursPerWeek = 168;
const cell = { width: 7, height: 14 };
const margin = 20;
const labelWidth = 230;
const lineHeight = 17;
const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const longestName = 36;

const inks = {
  light: { page: '#ffffff', ink: '#15191f', muted: '#4d5664', line: '#7f8895' },
  dark: { page: '#171b21', ink: '#e8ebf0', muted: '#aab3c1', line: '#717b8a' },
} as const;

/** @returns the document; its width is fixed and its height follows from the rows */
export function heatSvg({ title, notes, rows, covered, theme }: HeatPicture): string {
  const highest = rows.reduce((most, { counts }) => Math.max(most, ...Array.from(counts)), 0);
  const top = margin + 24 + notes.length * lineHeight + 30 + 34;
  const height = top + rows.length * cell.height + margin;
  const width = margin + labelWidth + hoursPerWeek * cell.width + margin;
  const { page, ink, muted, line } = inks[theme];
  const colourOf = (count: number) => `rgb(${rampColour(theme, highest, count).join(' ')})`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, 'DejaVu Sans', sans-serif">`,
    `<title>${xmlText(title)}</title><desc>${xmlText(notes.join(' '))}</desc>`,
    `<defs><pattern id="gap" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5" stroke="${line}" stroke-width="1.4"/></pattern></defs>`,
    `<rect width="${width}" height="${height}" fill="${page}"/>`,
    `<text x="${margin}" y="${margin + 14}" font-size="17" font-weight="600" fill="${ink}">${xmlText(title)}</text>`,
    ...notes.map(
      (note, index) =>
        `<text x="${margin}" y="${margin + 36 + index * lineHeight}" font-size="12" fill="${muted}">${xmlText(note)}</text>`,
    ),
    legend(highest, covered.includes(false), colourOf, margin + 30 + notes.length * lineHeight, theme),
    axis(top, theme),
    cells(rows, covered, colourOf, top),
    ...rows.map(
      ({ name }, index) =>
        `<text x="${margin + labelWidth - 8}" y="${top + index * cell.height + 11}" font-size="11" text-anchor="end" fill="${muted}">${xmlText(clipped(name))}</text>`,
    ),
    boundaries(rows.length, top, theme),
    '</svg>\n',
  ].join('\n');
}

function legend(
  highest: number,
  hasGaps: boolean,
  colourOf: (count: number) => string,
  y: number,
  theme: HeatTheme,
): string {
  const { muted, line } = inks[theme];
  const steps = [0, ...legendCounts(highest)].map((count) => ({
    fill: colourOf(count),
    words: String(count).replaceAll(/\B(?=(\d{3})+$)/g, ','),
  }));
  if (hasGaps) steps.push({ fill: 'url(#gap)', words: 'not covered by the data' });
  const parts = [
    `<text x="${margin}" y="${y + 10}" font-size="12" fill="${muted}">Events per cell, logarithmic scale</text>`,
  ];
  let x = margin + labelWidth;
  for (const { fill, words } of steps) {
    parts.push(
      `<rect x="${x}" y="${y}" width="22" height="12" fill="${fill}" stroke="${line}"/>`,
      `<text x="${x + 28}" y="${y + 10}" font-size="12" fill="${muted}">${words}</text>`,
    );
    x += 28 + words.length * 7 + 16;
  }
  return parts.join('');
}

function axis(top: number, theme: HeatTheme): string {
  const { ink, muted } = inks[theme];
  return days
    .map((day, index) => {
      const x = margin + labelWidth + index * 24 * cell.width + 3;
      const hours = [0, 6, 12, 18].map(
        (hour) =>
          `<text x="${x + hour * cell.width}" y="${top - 5}" font-size="9.5" fill="${muted}">${String(hour).padStart(2, '0')}</text>`,
      );
      return `<text x="${x}" y="${top - 19}" font-size="11" font-weight="600" fill="${ink}">${day}</text>${hours.join('')}`;
    })
    .join('');
}

/** All cells of a colour as one path; the gaps as columns of a pattern. */
function cells(
  rows: HeatPicture['rows'],
  covered: readonly boolean[],
  colourOf: (count: number) => string,
  top: number,
): string {
  const paths = new Map<string, string[]>();
  const left = margin + labelWidth;
  for (let hour = 0; hour < hoursPerWeek; hour += 1) {
    if (covered[hour] !== true && rows.length > 0) {
      const column = `M${left + hour * cell.width} ${top}h${cell.width}v${rows.length * cell.height}h-${cell.width}z`;
      paths.set('url(#gap)', [...(paths.get('url(#gap)') ?? []), column]);
      continue;
    }
    rows.forEach(({ counts }, row) => {
      const fill = colourOf(counts[hour] ?? 0);
      const path = paths.get(fill) ?? [];
      path.push(
        `M${left + hour * cell.width} ${top + row * cell.height}h${cell.width}v${cell.height}h-${cell.width}z`,
      );
      paths.set(fill, path);
    });
  }
  return [...paths]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([fill, path]) => `<path fill="${fill}" d="${path.join('')}"/>`)
    .join('\n');
}

function boundaries(rows: number, top: number, theme: HeatTheme): string {
  const lines = days
    .slice(1)
    .map(
      (_, index) => `M${margin + labelWidth + (index + 1) * 24 * cell.width} ${top}v${rows * cell.height}`,
    );
  return `<path d="${lines.join('')}" stroke="${inks[theme].line}" stroke-width="1" fill="none"/>`;
}

function clipped(name: string): string {
  const characters = Array.from(new Intl.Segmenter('en').segment(name), ({ segment }) => segment);
  return characters.length <= longestName ? name : `${characters.slice(0, longestName - 1).join('')}…`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text of an XML document: what XML has no way to write becomes a replacement character. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}

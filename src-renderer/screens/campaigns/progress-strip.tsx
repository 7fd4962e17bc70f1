// How far a campaign is, as one strip: what was decided to what end, what is stuck, and what waits.
import type { ClosingCounts } from '#shared/model/campaign-entries.ts';
import { formatCount } from '../../domain/count-words.ts';
import { text } from '../../texts/text.ts';
import { decidedOf, decidedPercent, progressParts } from './progress-parts.ts';
import styles from './progress-strip.module.css';

/** Drawn for looking; the same stands in words beside it. */
export function ProgressStrip({ counts, isTall = false }: { counts: ClosingCounts; isTall?: boolean }) {
  const parts = progressParts(counts).filter(({ items }) => items > 0);
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((sum, { items }) => sum + items, 0));
  const all = Math.max(1, counts.items);
  return (
    <svg
      className={`${styles.strip} ${isTall ? styles.tall : ''}`}
      viewBox={`0 0 ${all} 1`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {parts.map(({ kind, items }, index) => (
        <rect key={kind} className={styles[kind]} x={starts[index]} width={items} height={1}>
          <title>{partWords(kind, items)}</title>
        </rect>
      ))}
    </svg>
  );
}

const partWords = (kind: ReturnType<typeof progressParts>[number]['kind'], items: number): string =>
  text('campaigns:progress.part', { what: text(`campaigns:progress.${kind}`), number: formatCount(items) });

/** “12 of 300 items decided (4 %)”. */
export function progressWords(counts: ClosingCounts): string {
  return text('campaigns:progress.decided', {
    decided: formatCount(decidedOf(counts)),
    items: formatCount(counts.items),
    percent: decidedPercent(counts),
    count: counts.items,
  });
}

/** What the parts of the strip are, each with its number. */
export function ProgressLegend({ counts }: { counts: ClosingCounts }) {
  return (
    <ul className={styles.legend}>
      {progressParts(counts).map(({ kind, items }) => (
        <li key={kind} className={items === 0 ? styles.none : undefined}>
          <svg className={styles.mark} viewBox="0 0 10 10" aria-hidden="true">
            <rect className={styles[kind]} width={10} height={10} />
          </svg>
          {text(`campaigns:progress.${kind}`)} <b>{formatCount(items)}</b>
        </li>
      ))}
    </ul>
  );
}

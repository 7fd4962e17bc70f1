// Shares of a whole as one bar, with a legend that says each in words and number.
import type { ReactNode } from 'react';
import { formatCount } from '../../../domain/count-words.ts';
import styles from './proportions.module.css';

/** What a part is, as far as its colour goes. */
export type PartTone =
  | 'open'
  | 'ticketed'
  | 'done-unverified'
  | 'verified-removed'
  | 'still-present'
  | 're-granted'
  | 'unknown'
  | 'new'
  | 'removed'
  | 'unchanged'
  | 'pass'
  | 'deviation'
  | 'not-testable'
  | 'untested';

export type Part = { tone: PartTone; count: number; word: ReactNode };

type ProportionsProps = { label: string; parts: readonly Part[]; hasLegend?: boolean };

/** Parts of nothing are left out of the bar and stay in the legend. */
export function Proportions({ label, parts, hasLegend = true }: ProportionsProps) {
  return (
    <>
      <div className={styles.bar} aria-hidden="true">
        {parts
          .filter(({ count }) => count > 0)
          .map(({ tone, count }) => (
            <span key={tone} className={styles[tone]} style={{ flexGrow: count }} />
          ))}
      </div>
      {hasLegend && (
        <ul className={styles.legend} aria-label={label}>
          {parts.map(({ tone, count, word }) => (
            <li key={tone}>
              <Swatch tone={tone} />
              <span className={styles.count}>{formatCount(count)}</span>
              {word}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The colour of a part, beside its word. */
export function Swatch({ tone }: { tone: PartTone }) {
  return <span className={`${styles.swatch} ${styles[tone]}`} aria-hidden="true" />;
}

// What the colours of days drawn as columns stand for.
import { Fragment, type ReactNode } from 'react';
import styles from './day-legend.module.css';

type DayLegendKey = {
  of: 'all' | 'same' | 'gap' | 'mark';
  /** Whether the drawing has any of it. */
  isDrawn?: boolean;
  words: ReactNode;
};

export function DayLegend({ keys }: { keys: readonly DayLegendKey[] }) {
  return (
    <p className={styles.legend}>
      {keys
        .filter(({ isDrawn = true }) => isDrawn)
        .map(({ of, words }) => (
          <Fragment key={of}>
            <span className={styles[of]} aria-hidden="true" /> {words}
          </Fragment>
        ))}
    </p>
  );
}

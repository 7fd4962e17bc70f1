// Every note with which a conflict was closed, oldest first; those that no longer hold say what the database held then.
import type { ReactNode } from 'react';
import { Chip } from '../../components/chip.tsx';
import { FullValue } from '../../components/full-value.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import entries from '../../domain/entry-list.module.css';
import { InstantText } from '../../domain/instant.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './conflict-detail.module.css';

type Closing = { entry: string; note: string; byName: string; at: string };

type ClosingListProps<Kind extends Closing> = {
  closings: readonly Kind[];
  /** Id of the entry of the closing that holds; null when none does. */
  inForce: string | null;
  /** What is said where it was about something else. */
  since: string;
  then: (closing: Kind) => ReactNode;
};

export function ClosingList<Kind extends Closing>({
  closings,
  inForce,
  since,
  then,
}: ClosingListProps<Kind>) {
  return (
    <section aria-label={text('conflicts:closings.label')}>
      <h3>{text('conflicts:closings.closed')}</h3>
      <ol className={entries.entries}>
        {closings.map((closing) => (
          <li key={closing.entry} className={entries.entry}>
            <p className={styles.closer}>
              <Verbatim value={closing.byName} /> ·{' '}
              <InstantText instant={closing.at} precision="second" withOffset />
              {closing.entry !== inForce && <Chip title={since}>{text('conflicts:closings.noLonger')}</Chip>}
            </p>
            <p className={entries.reason}>
              <FullValue name={text('conflicts:value.note')} value={closing.note} />
            </p>
            {closing.entry !== inForce && (
              <p className={entries.muted}>
                <Rich of="conflicts:closings.then" parts={{ what: <>{then(closing)}</> }} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

// Every note with which the conflict was closed, oldest first, with what the database said then.
import type { ConflictClosing } from '#shared/model/conflict.ts';
import { Chip } from '../../components/chip.tsx';
import { FullValue } from '../../components/full-value.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import styles from './conflict-detail.module.css';

export function Closings({
  closings,
  inForce,
}: {
  closings: readonly ConflictClosing[];
  /** Id of the entry of the closing that holds; null when none does. */
  inForce: string | null;
}) {
  return (
    <section aria-label="Closings">
      <h3>Closed</h3>
      <ol className={styles.closings}>
        {closings.map((closing) => (
          <li key={closing.entry} className={styles.closing}>
            <p className={styles.closer}>
              <Verbatim value={closing.byName} /> ·{' '}
              <InstantText instant={closing.at} precision="second" withOffset />
              {closing.entry !== inForce && (
                <Chip title="The row of the database, or our decision, is another one since.">
                  No longer holds
                </Chip>
              )}
            </p>
            <p className={styles.note}>
              <FullValue name="Note" value={closing.note} />
            </p>
            {closing.entry !== inForce && (
              <p className={styles.then}>
                Then in the audit database:{' '}
                {closing.server === null ? (
                  'no decision'
                ) : (
                  <>
                    <Verbatim value={closing.server.reviewer} missing="nobody named" />,{' '}
                    <InstantText instant={closing.server.reviewedAt} precision="second" />,{' '}
                    <FullValue name="Notes then" value={closing.server.notes} missing="no notes" />
                  </>
                )}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

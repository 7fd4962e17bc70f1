// What the window around a conflict says, for paper.
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { useStatus, useZone } from '../../domain/workspace-status.ts';
import styles from './conflict-detail.module.css';

export function PaperNote() {
  const { connection, now } = useStatus();
  const zone = useZone();
  return (
    <p className={styles.paper}>
      Printed from Countersign. Audit database:{' '}
      <Verbatim value={connection?.database ?? null} missing="none" />. State of{' '}
      <InstantText instant={now} precision="second" withOffset />. Times are in {zone}.
    </p>
  );
}

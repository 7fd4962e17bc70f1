// What the window around a conflict says, for paper.
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { useStatus, useZone } from '../../domain/workspace-status.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './conflict-detail.module.css';

export function PaperNote() {
  const { connection, now } = useStatus();
  const zone = useZone();
  return (
    <p className={styles.paper}>
      <Rich
        of="conflicts:paper"
        parts={{
          database: <Verbatim value={connection?.database ?? null} missing={text('conflicts:none')} />,
          when: <InstantText instant={now} precision="second" withOffset />,
          zone: <>{zone}</>,
        }}
      />
    </p>
  );
}

// Every decision made here about an item, oldest first; corrections stand beside what they correct.
import type { Decision } from '#shared/model/review.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { DecisionMark, SyncMark } from '../../domain/decision-mark.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { Concurrences } from '../../domain/second-opinion.tsx';
import styles from './decision-history.module.css';

export function DecisionHistory({ decisions }: { decisions: readonly Decision[] }) {
  return (
    <section aria-label="Decision history">
      <h3>Decision history</h3>
      <ol className={styles.list}>
        {decisions.map((decision) => (
          <li key={decision.id} className={styles.entry}>
            <p className={styles.head}>
              <DecisionMark decision={decision.decision} />
              <SyncMark sync={decision.sync} />
              {decision.supersedes !== null && (
                <span className={styles.muted}>corrects an earlier decision</span>
              )}
              {decision.batch !== null && <span className={styles.muted}>decided together with others</span>}
            </p>
            <p>
              <Verbatim value={decision.reviewerName} /> ·{' '}
              <InstantText instant={decision.decidedAt} precision="second" />
            </p>
            {decision.reason !== null && <p className={styles.reason}>{decision.reason}</p>}
            {decision.syncDetail !== null && <p className={styles.muted}>{decision.syncDetail}</p>}
            {decision.second !== undefined && <Concurrences concurrences={decision.second.concurrences} />}
            <p className={styles.muted} title={decision.hash}>
              Ledger entry <code>{decision.hash.slice(0, 12)}</code>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

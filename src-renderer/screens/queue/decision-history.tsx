// Every decision made here about an item, oldest first; corrections stand beside what they correct.
import type { Decision } from '#shared/model/review.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { SyncMark } from '../../domain/decision-mark.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { Concurrences } from '../../domain/second-opinion.tsx';
import { text } from '../../texts/text.ts';
import styles from './decision-history.module.css';
import { DetailPart } from './detail-part.tsx';
import { MadeMark } from './earlier-part.tsx';

export function DecisionHistory({ decisions }: { decisions: readonly Decision[] }) {
  return (
    <DetailPart part="decisions" title={text('queue:history.decisions')}>
      <ol className={styles.list}>
        {decisions.map((decision) => (
          <li key={decision.id} className={styles.entry}>
            <p className={styles.head}>
              <MadeMark made={decision} />
              {decision.withdrawn !== true && <SyncMark sync={decision.sync} />}
              {decision.supersedes !== null && (
                <span className={styles.muted}>{text('queue:history.corrects')}</span>
              )}
              {decision.batch !== null && (
                <span className={styles.muted}>{text('queue:history.together')}</span>
              )}
            </p>
            <p>
              <Verbatim value={decision.reviewerName} /> ·{' '}
              <InstantText instant={decision.decidedAt} precision="second" />
            </p>
            {decision.reason !== null && <p className={styles.reason}>{decision.reason}</p>}
            {decision.syncDetail !== null && decision.withdrawn !== true && (
              <p className={styles.muted}>{decision.syncDetail}</p>
            )}
            {decision.second !== undefined && <Concurrences concurrences={decision.second.concurrences} />}
            <p className={styles.muted} title={decision.hash}>
              {text('queue:history.entry')} <code>{decision.hash.slice(0, 12)}</code>
            </p>
          </li>
        ))}
      </ol>
    </DetailPart>
  );
}

// Every decision made here about an item, oldest first; corrections stand beside what they correct.
import type { Decision } from '#shared/model/review.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { SyncMark } from '../../domain/decision-mark.tsx';
import entries from '../../domain/entry-list.module.css';
import { InstantText } from '../../domain/instant.tsx';
import { Concurrences } from '../../domain/second-opinion.tsx';
import { text } from '../../texts/text.ts';
import { KeptPart } from './kept-part.tsx';
import { MadeMark } from './earlier-part.tsx';

export function DecisionHistory({ decisions }: { decisions: readonly Decision[] }) {
  return (
    <KeptPart part="decisions" title={text('queue:history.decisions')}>
      <ol className={entries.entries}>
        {decisions.map((decision) => (
          <li key={decision.id} className={entries.entry}>
            <p className={entries.head}>
              <MadeMark made={decision} />
              {decision.withdrawn !== true && <SyncMark sync={decision.sync} />}
              {decision.supersedes !== null && (
                <span className={entries.muted}>{text('queue:history.corrects')}</span>
              )}
              {decision.batch !== null && (
                <span className={entries.muted}>{text('queue:history.together')}</span>
              )}
            </p>
            <p>
              <Verbatim value={decision.reviewerName} /> ·{' '}
              <InstantText instant={decision.decidedAt} precision="second" />
            </p>
            {decision.reason !== null && <p className={entries.reason}>{decision.reason}</p>}
            {decision.syncDetail !== null && decision.withdrawn !== true && (
              <p className={entries.muted}>{decision.syncDetail}</p>
            )}
            {decision.second !== undefined && <Concurrences concurrences={decision.second.concurrences} />}
            <p className={entries.muted} title={decision.hash}>
              {text('queue:history.entry')} <code>{decision.hash.slice(0, 12)}</code>
            </p>
          </li>
        ))}
      </ol>
    </KeptPart>
  );
}

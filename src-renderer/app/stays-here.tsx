// After sending: which decisions are not in the audit database although nothing went wrong with what was sent, and why.
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../domain/api.ts';
import { countWords } from '../domain/count-words.ts';
import { text } from '../texts/text.ts';
import { heldGroups } from './send-words.ts';
import styles from './sync-report-dialog.module.css';

/** @param told ids of decisions of which the report speaks already */
export function StaysHere({ told }: { told: ReadonlySet<string> }) {
  const { orpc } = useApi();
  const preview = useQuery(orpc.sync.dryRun.queryOptions({ gcTime: 0, staleTime: 0 }));
  const held = preview.data?.wouldNotSend ?? [];
  const groups = heldGroups(held.filter(({ decisionId }) => !told.has(decisionId)));
  if (groups.length === 0) return null;
  return (
    <section aria-label={text('app:report.staysHere')}>
      <h3>{text('app:report.staysHere')}</h3>
      <p className={styles.detail}>{text('app:report.staysHereNote')}</p>
      <ul className={styles.reasons}>
        {groups.map(({ reason, title, items }) => (
          <li key={reason}>
            {text('app:report.group', { reason: title, decisions: countWords(items.length, 'decision') })}
          </li>
        ))}
      </ul>
    </section>
  );
}

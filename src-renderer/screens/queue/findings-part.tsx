// What stands out about the actor at present, and what exceptions let pass.
import type { ReviewContext } from '#shared/model/decision-context.ts';
import { Button } from '../../components/button.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import entries from '../../domain/entry-list.module.css';
import { markEvery } from '../../domain/event-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SentenceParts } from '../../domain/sentence.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { hourOfWeekWords } from '../../charts/hours-of-week.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './context-parts.module.css';
import { KeptPart } from './kept-part.tsx';

type FindingsPartProps = {
  context: ReviewContext;
  /** The finding that cites this very event and lies furthest beyond its threshold; null for none. */
  citing: string | null;
  onFinding: (id: string) => void;
};

export function FindingsPart({ context, citing, onFinding }: FindingsPartProps) {
  const titleOf = useDetectorTitles();
  const { openFindings, openFindingsTotal, exceptions } = context;
  const summary = [
    text('queue:findings.count', { count: openFindingsTotal }),
    text('queue:findings.exceptions', { count: exceptions.length }),
  ].join(', ');
  // What cites this event matters most here.
  const ordered = openFindings.toSorted((a, b) => Number(b.id === citing) - Number(a.id === citing));
  return (
    <KeptPart part="findings" title={text('queue:findings.title')} summary={summary}>
      {openFindingsTotal === 0 && <p className={styles.words}>{text('queue:findings.none')}</p>}
      {ordered.length > 0 && (
        <ol className={`${entries.entries} ${styles.scrolled}`} aria-label={text('queue:findings.list')}>
          {ordered.map((finding) => (
            <li key={finding.id} className={entries.entry}>
              <p className={entries.head}>
                <SeverityMark severity={finding.severity} />
                <strong>{titleOf(finding.detector)}</strong>
                <InstantText instant={finding.start} />
                {finding.id === citing && (
                  <span className={styles.cites}>{text('queue:findings.citesThis')}</span>
                )}
              </p>
              <p className={styles.explanation}>
                <SentenceParts
                  parts={markEvery(finding.explanation, [
                    finding.actor,
                    finding.action,
                    finding.entity.value,
                  ])}
                />
              </p>
              <div>
                <Button size="small" onClick={() => onFinding(finding.id)}>
                  {text('queue:findings.open')}
                </Button>
              </div>
            </li>
          ))}
        </ol>
      )}
      {openFindingsTotal > openFindings.length && (
        <p className={styles.words}>
          {text('queue:findings.capped', { shown: openFindings.length, total: openFindingsTotal })}
        </p>
      )}
      {exceptions.length > 0 && (
        <ul className={entries.entries} aria-label={text('queue:findings.exceptionList')}>
          {exceptions.map((exception) => (
            <li key={exception.id} className={entries.entry}>
              <p>
                <strong>{titleOf(exception.detector)}</strong> ·{' '}
                {exception.action === null ? (
                  text('queue:findings.anyAction')
                ) : (
                  <Verbatim value={exception.action} most={40} />
                )}
                {exception.hourOfWeek !== null && ` · ${hourOfWeekWords(exception.hourOfWeek)}`} ·{' '}
                {text('queue:findings.upTo', { count: exception.maximumCount })}
              </p>
              <p className={entries.muted}>
                <Rich
                  of="queue:findings.until"
                  parts={{
                    until: <InstantText instant={exception.expiresAt} />,
                    owner: <Verbatim value={exception.owner} most={60} />,
                  }}
                />
              </p>
              <p className={entries.reason}>{exception.reason}</p>
            </li>
          ))}
        </ul>
      )}
    </KeptPart>
  );
}

// What was decided before about this action of this actor, here and in the audit database.
import { useState } from 'react';
import type { EarlierDecision, ReviewContext } from '#shared/model/decision-context.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { DecisionMark } from '../../domain/decision-mark.tsx';
import { decisionWords } from '../../domain/decision-words.ts';
import entries from '../../domain/entry-list.module.css';
import { InstantText } from '../../domain/instant.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { KeptPart } from './kept-part.tsx';
import styles from './context-parts.module.css';

const firstShown = 4;

export function EarlierPart({ context: { earlier, review } }: { context: ReviewContext }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? earlier.decisions : earlier.decisions.slice(0, firstShown);
  const summary = earlier.byDecision
    .map(({ decision, count }) =>
      text('queue:earlier.counted', {
        count,
        decision:
          decision === 'unknown' ? text('queue:earlier.unnamed') : decisionWords[decision].past.toLowerCase(),
      }),
    )
    .join(', ');
  return (
    <KeptPart
      part="earlier"
      title={text('queue:earlier.title')}
      summary={earlier.total === 0 ? text('queue:earlier.none') : summary}
    >
      {earlier.total === 0 && <p className={styles.words}>{text('queue:earlier.noneWords')}</p>}
      {shown.length > 0 && (
        <ol className={entries.entries} aria-label={text('queue:earlier.title')}>
          {shown.map((decision) => (
            <Earlier
              // A review may have been decided several times.
              key={`${decision.review} ${decision.decidedAt} ${decision.origin}`}
              made={decision}
              isThis={decision.review === review}
            />
          ))}
        </ol>
      )}
      {earlier.decisions.length > firstShown && (
        <div>
          <Button size="small" onClick={() => setWhole(!isWhole)}>
            {isWhole
              ? text('queue:earlier.fewer')
              : text('queue:earlier.more', { count: earlier.decisions.length - firstShown })}
          </Button>
        </div>
      )}
      {isWhole && earlier.total > earlier.decisions.length && (
        <p className={styles.words}>
          {text('queue:earlier.capped', { shown: earlier.decisions.length, total: earlier.total })}
        </p>
      )}
    </KeptPart>
  );
}

function Earlier({ made, isThis }: { made: EarlierDecision; isThis: boolean }) {
  return (
    <li className={entries.entry}>
      <p className={entries.head}>
        <MadeMark made={made} />
        {made.superseded && <span className={entries.muted}>{text('queue:earlier.replaced')}</span>}
        {isThis && <span className={entries.muted}>{text('queue:earlier.thisItem')}</span>}
        {made.origin === 'database' && (
          <span className={entries.muted}>{text('queue:earlier.elsewhere')}</span>
        )}
      </p>
      <p>
        <Verbatim value={made.reviewerName ?? made.reviewer} missing={text('queue:nobodyNamed')} most={60} />{' '}
        · <InstantText instant={made.decidedAt} />
        {made.eventAt !== null && (
          <span className={entries.muted}>
            {' '}
            <Rich of="queue:earlier.about" parts={{ at: <InstantText instant={made.eventAt} /> }} />
          </span>
        )}
      </p>
      {made.note !== null && made.note !== '' && (
        <p className={entries.reason} dir="auto">
          {visibleText(made.note)}
        </p>
      )}
    </li>
  );
}

/** What was taken back says nothing any more, so it has no colour of a decision. */
export function MadeMark({
  made,
}: {
  made: Pick<EarlierDecision, 'decision'> & { withdrawn?: boolean | undefined };
}) {
  if (made.decision === null) return <Chip>{text('queue:earlier.unnamedChip')}</Chip>;
  if (made.withdrawn !== true) return <DecisionMark decision={made.decision} />;
  return (
    <>
      <Chip>{decisionWords[made.decision].past}</Chip>
      <Chip title={text('queue:withdrawnMeaning')}>{text('queue:withdrawn')}</Chip>
    </>
  );
}

// What would leave this computer, to the letter, and what stays and why.
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Review } from '#shared/model/review.ts';
import type { SyncPreview } from '#shared/model/sync.ts';
import { DataGrid } from '../components/data-grid.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { FullValue } from '../components/full-value.tsx';
import { useGridTable } from '../components/grid-table.ts';
import { Notice } from '../components/notice.tsx';
import { Verbatim } from '../components/verbatim.tsx';
import { useApi } from '../domain/api.ts';
import { ClockAcknowledgement } from '../domain/clock-acknowledgement.tsx';
import { countWords } from '../domain/count-words.ts';
import { decisionWords } from '../domain/decision-words.ts';
import { useStatus } from '../domain/workspace-status.ts';
import { Rich } from '../texts/rich.tsx';
import { text } from '../texts/text.ts';
import {
  leavingColumns,
  leavingLeastWidth,
  leavingWidths,
  reviewerOf,
  signedColumns,
  signedLeastWidth,
  signedWidths,
} from './send-columns.tsx';
import type { LeavingDecision } from './send-columns.tsx';
import styles from './send-dialog.module.css';
import { doubtful, heldGroups, isAnythingLeaving } from './send-words.ts';
import type { HeldGroup } from './send-words.ts';

type SendPreviewProps = { preview: SyncPreview; onAcknowledged: () => void };

export function SendPreview({ preview, onAcknowledged }: SendPreviewProps) {
  const { clock } = useStatus();
  const { held, wouldSend, wouldDispose = [], wouldPublish = 0 } = preview;
  const leaving = useNamed(wouldSend);
  const inDoubt = doubtful(preview).length;
  return (
    <>
      {held.length > 0 && (
        <Notice tone="warning" title={text('app:preview.held')}>
          <ul className={styles.sentences}>
            {held.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
      {clock.standing === 'held' && clock.offsetMs !== null && (
        <ClockAcknowledgement offsetMs={clock.offsetMs} onDone={onAcknowledged} />
      )}
      {inDoubt > 0 && <Notice tone="warning" title={text('app:preview.inDoubt', { count: inDoubt })} />}
      {leaving.length > 0 && <Leaving decisions={leaving} />}
      {wouldDispose.length > 0 && <p>{text('app:preview.dispose', { count: wouldDispose.length })}</p>}
      {wouldPublish > 0 && <p>{text('app:preview.publish', { count: wouldPublish })}</p>}
      {!isAnythingLeaving(preview) && (
        <EmptyState title={text('app:preview.nothing')}>
          <p>{text('app:preview.refresh')}</p>
        </EmptyState>
      )}
      {heldGroups(preview.wouldNotSend).map((group) => (
        <HeldBack key={group.reason} group={group} />
      ))}
    </>
  );
}

const noReviews: readonly Review[] = [];

/** With the names that the queue has for their actors. */
function useNamed(decisions: SyncPreview['wouldSend']): readonly LeavingDecision[] {
  const { orpc } = useApi();
  const { data = noReviews } = useQuery(orpc.reviews.list.queryOptions({ input: {} }));
  return useMemo(() => {
    const names = new Map(data.map(({ id, actorName }) => [id, actorName]));
    return decisions.map((leaving) => ({ ...leaving, actorName: names.get(leaving.review) ?? null }));
  }, [decisions, data]);
}

const decisionId = (leaving: LeavingDecision) => leaving.decisionId;
const rowHeight = 30;
const mostRowsInView = 7;

function Leaving({ decisions }: { decisions: readonly LeavingDecision[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const ofSeveral = new Set(decisions.map(({ reviewer }) => reviewer)).size > 1;
  const table = useGridTable(decisions, ofSeveral ? signedColumns : leavingColumns, decisionId);
  const shown = decisions.find((leaving) => leaving.decisionId === chosen) ?? decisions[0]!;
  const height = (Math.min(decisions.length, mostRowsInView) + 1) * rowHeight + 2;
  return (
    <section className={styles.leaving} aria-label={text('app:preview.label')}>
      <div className={styles.grid} style={{ '--height': `${height}px` }}>
        <DataGrid
          label={text('app:preview.decisions')}
          table={table}
          widths={ofSeveral ? signedWidths : leavingWidths}
          leastWidth={ofSeveral ? signedLeastWidth : leavingLeastWidth}
          rowHeight={rowHeight}
          selectedId={shown.decisionId}
          onSelect={setChosen}
          empty={null}
          isDense
        />
      </div>
      <div className={styles.note}>
        <p>
          <Rich of="app:preview.inNameOf" parts={{ name: <Verbatim value={reviewerOf(shown)} /> }} />
        </p>
        <h3>{text('app:preview.notes')}</h3>
        <p className={styles.verbatim}>
          <FullValue name={text('app:preview.toBeWritten')} value={shown.notes} />
        </p>
        {shown.again && <p>{text('app:expected.againMeaning')}</p>}
        {shown.expected !== null && <p className={styles.doubt}>{shown.expected}</p>}
      </div>
    </section>
  );
}

/** More than so many are counted, not listed: the queue has them all. */
const mostListed = 50;

function HeldBack({ group: { title, items } }: { group: HeldGroup }) {
  return (
    <details className={styles.held}>
      <summary>
        <Rich
          of="app:preview.heldGroup"
          parts={{
            reason: <>{title}</>,
            decisions: <strong>{countWords(items.length, 'decision')}</strong>,
          }}
        />
      </summary>
      <ul className={styles.sentences}>
        {items.slice(0, mostListed).map((item) => (
          <li key={item.decisionId}>
            <Rich
              of="app:preview.heldItem"
              values={{ decision: decisionWords[item.decision].past }}
              parts={{
                what: <Verbatim value={item.action} most={60} />,
                who: <Verbatim value={item.actor} missing={text('app:report.nobody')} most={60} />,
                why: <span className={styles.why}>{item.why}</span>,
              }}
            />
          </li>
        ))}
        {items.length > mostListed && (
          <li>{text('app:preview.others', { count: items.length - mostListed })}</li>
        )}
      </ul>
    </details>
  );
}

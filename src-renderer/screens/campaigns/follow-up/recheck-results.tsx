// What one re-check came to, right by right, and how the later population was read.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecheckPage } from '#shared/model/campaign-follow-up.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Facts } from '../../../components/facts.tsx';
import type { LongColumn } from '../../../components/long-grid.tsx';
import { Modal } from '../../../components/modal.tsx';
import { Segmented } from '../../../components/segmented.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { useApi } from '../../../domain/api.ts';
import { formatCount } from '../../../domain/count-words.ts';
import { InstantText } from '../../../domain/instant.tsx';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { text } from '../../../texts/text.ts';
import { FittedGrid } from './fitted-grid.tsx';
import { recheckFindings, rightWords, stateWords } from './follow-up-words.ts';
import styles from './follow-up.module.css';
import { StateMark } from './state-mark.tsx';
import { usePagedRows } from './use-paged-rows.ts';

type RecheckResultsProps = { campaign: string; number: number; onClose: () => void };

const rowsAtOnce = 200;
const leastWidth = 560;

export function RecheckResults({ campaign, number, onClose }: RecheckResultsProps) {
  const { orpc } = useApi();
  const [finding, setFinding] = useState<'all' | (typeof recheckFindings)[number]>('all');
  const [at, setAt] = useState<number | null>(null);
  const pages = useInfiniteQuery(
    orpc.campaignFollowUp.recheckResults.infiniteOptions({
      input: (after: string | undefined) => ({
        id: campaign,
        number,
        limit: rowsAtOnce,
        ...(finding === 'all' ? {} : { finding }),
        ...(after === undefined ? {} : { after }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextAfter ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const recheck = pages.data?.pages[0]?.recheck;
  const paged = usePagedRows(rows, pages);
  const shown = at === null ? undefined : rows[at];
  return (
    <Modal title={text('campaignFollowUp:recheck.results', { number })} width="wide" onClose={onClose}>
      <div className={styles.form}>
        <ProblemNotice error={pages.error} />
        {recheck !== undefined && (
          <>
            <ReadFacts recheck={recheck} />
            <Segmented
              label={text('campaignFollowUp:recheck.finding')}
              value={finding}
              choices={[
                { value: 'all' as const, label: text('campaignFollowUp:recheck.every') },
                ...recheckFindings.map((state) => ({
                  value: state,
                  label: stateWords[state].label,
                  count: recheck.counts[state],
                })),
              ]}
              onChange={(next) => {
                setAt(null);
                setFinding(next);
              }}
            />
          </>
        )}
        <div className={styles.frame}>
          <FittedGrid
            isLow
            {...paged}
            key={finding}
            label={text('campaignFollowUp:recheck.results', { number })}
            columns={columnsOf()}
            leastWidth={leastWidth}
            selected={at}
            onSelect={setAt}
            empty={!pages.isPending && <EmptyState title={text('campaignFollowUp:recheck.empty')} />}
          />
        </div>
        {shown !== undefined && <p dir="auto">{visibleText(shown.because)}</p>}
      </div>
    </Modal>
  );
}

const columnsOf = (): readonly LongColumn<RecheckPage['rows'][number]>[] => [
  {
    name: text('campaignFollowUp:subject'),
    cell: ({ subject, subjectName }) => <Verbatim value={subjectName ?? subject} most={60} />,
  },
  {
    name: text('campaignFollowUp:right'),
    cell: (row) => <span title={rightWords(row)}>{rightWords(row)}</span>,
  },
  {
    name: text('campaignFollowUp:recheck.finding'),
    width: '170px',
    cell: ({ state }) => <StateMark state={state ?? 'unknown'} />,
  },
  {
    name: text('campaignFollowUp:recheck.because'),
    cell: ({ because }) => <Verbatim value={because} most={160} />,
  },
];

function ReadFacts({ recheck: { ipe, at, period } }: { recheck: RecheckPage['recheck'] }) {
  return (
    <Facts
      facts={[
        {
          name: text('campaignFollowUp:recheck.readAt'),
          value: <InstantText instant={ipe.serverTime ?? at} />,
        },
        ...(ipe.role === null
          ? []
          : [{ name: text('campaignFollowUp:recheck.role'), value: <Verbatim value={ipe.role} /> }]),
        ...(period === null
          ? []
          : [{ name: text('campaignFollowUp:recheck.period'), value: `${period.from} – ${period.to}` }]),
        {
          name: text('campaignFollowUp:recheck.counted'),
          value: `${formatCount(ipe.rows)} · ${formatCount(ipe.countedRows)}`,
        },
        {
          name: text('campaignFollowUp:recheck.sha256'),
          value: <code className={styles.hash}>{ipe.sha256}</code>,
        },
      ]}
    />
  );
}

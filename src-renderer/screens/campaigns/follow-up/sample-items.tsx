// The drawn items, and the test of the one that is chosen; by keyboard from one to the next.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SampleItem } from '#shared/model/campaign-follow-up.ts';
import type { CampaignSample } from '#shared/model/campaign-sample.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { useShortcuts } from '../../../components/keyboard.tsx';
import type { LongColumn } from '../../../components/long-grid.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { useApi } from '../../../domain/api.ts';
import { DecisionMark } from '../../../domain/decision-mark.tsx';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { text } from '../../../texts/text.ts';
import { FittedGrid } from './fitted-grid.tsx';
import { rightWords } from './follow-up-words.ts';
import styles from './follow-up.module.css';
import { nextUntested } from './next-untested.ts';
import { ResultMark } from './result-mark.tsx';
import { SampleTest } from './sample-test.tsx';
import { usePagedRows } from './use-paged-rows.ts';

const itemsAtOnce = 100;
const leastWidth = 560;

export function SampleItems({ campaign, sample }: { campaign: string; sample: CampaignSample }) {
  const { orpc } = useApi();
  const pages = useInfiniteQuery(
    orpc.campaignFollowUp.sampleItems.infiniteOptions({
      input: (after: number) => ({ id: campaign, sample: sample.id, after, limit: itemsAtOnce }),
      initialPageParam: 0,
      getNextPageParam: (page) => page.nextAfter ?? undefined,
    }),
  );
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const [chosen, setChosen] = useState<number | null>(null);
  // Whoever opens a sample goes on where nobody has been.
  const at = chosen ?? nextUntested(items, -1) ?? 0;
  const paged = usePagedRows(items, pages);
  const move = (to: number | null) => {
    if (to !== null && items[to] !== undefined) setChosen(to);
  };
  const group = text('campaignFollowUp:samples');
  useShortcuts([
    { keys: 'j', label: text('campaignFollowUp:sample.next'), group, repeats: true, run: () => move(at + 1) },
    {
      keys: 'k',
      label: text('campaignFollowUp:sample.previous'),
      group,
      repeats: true,
      run: () => move(at - 1),
    },
    {
      keys: 'u',
      label: text('campaignFollowUp:sample.nextUntested'),
      group,
      run: () => move(nextUntested(items, at)),
    },
  ]);
  const shown = items[at];
  return (
    <section className={styles.part} aria-label={text('campaignFollowUp:sample.items')}>
      <h3>{text('campaignFollowUp:sample.items')}</h3>
      <ProblemNotice error={pages.error} />
      <div className={styles.work}>
        <div className={styles.frame}>
          <FittedGrid
            isLow
            {...paged}
            label={text('campaignFollowUp:sample.items')}
            columns={columnsOf()}
            leastWidth={leastWidth}
            selected={items.length === 0 ? null : at}
            onSelect={setChosen}
            empty={pages.isPending && <EmptyState title={text('campaignFollowUp:reading')} />}
          />
        </div>
        {shown !== undefined && (
          <SampleTest
            key={shown.key}
            campaign={campaign}
            sample={sample.id}
            item={shown}
            onTested={() => move(nextUntested(items, at))}
          />
        )}
      </div>
    </section>
  );
}

const columnsOf = (): readonly LongColumn<SampleItem>[] => [
  { name: text('campaignFollowUp:sample.place'), width: '56px', cell: ({ place }) => place },
  {
    name: text('campaignFollowUp:subject'),
    cell: ({ subject, subjectName }) => <Verbatim value={subjectName ?? subject} most={60} />,
  },
  {
    name: text('campaignFollowUp:right'),
    cell: (row) => <span title={rightWords(row)}>{rightWords(row)}</span>,
  },
  {
    name: text('campaignFollowUp:sample.outcome'),
    width: '134px',
    cell: ({ outcome }) =>
      outcome === null ? (
        <span className={styles.muted}>{text('campaignFollowUp:sample.undecided')}</span>
      ) : (
        <DecisionMark decision={outcome} />
      ),
  },
  {
    name: text('campaignFollowUp:sample.found'),
    width: '120px',
    cell: ({ result }) => <ResultMark result={result} />,
  },
];

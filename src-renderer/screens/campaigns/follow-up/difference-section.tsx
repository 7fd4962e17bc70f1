// What changed from one frozen population to another: drawn, counted, and listed with what was decided before.
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import {
  differenceKinds,
  type DifferenceKind,
  type DifferencePage,
} from '#shared/model/campaign-follow-up.ts';
import type { CampaignSummary } from '#shared/model/campaign-view.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { SelectField } from '../../../components/field.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Segmented } from '../../../components/segmented.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { useApi } from '../../../domain/api.ts';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { text } from '../../../texts/text.ts';
import type { SectionProps } from '../campaign-section.ts';
import { DifferenceBars } from './difference-bars.tsx';
import { differenceColumns, differenceLeastWidth } from './difference-columns.tsx';
import { DifferenceDetail } from './difference-detail.tsx';
import { FittedGrid } from './fitted-grid.tsx';
import { kindWords } from './follow-up-words.ts';
import styles from './follow-up.module.css';
import { isOpenedHere, NotHere } from './not-here.tsx';
import { usePagedRows } from './use-paged-rows.ts';
import { Work } from './work.tsx';

export function DifferenceSection(props: SectionProps) {
  return isOpenedHere(props.campaign) ? <Difference {...props} /> : <NotHere {...props} />;
}

const rowsAtOnce = 500;

function Difference({ campaign }: SectionProps) {
  const { orpc } = useApi();
  const campaigns = useQuery(orpc.campaigns.list.queryOptions());
  const others = (campaigns.data ?? []).filter(
    ({ id, role, state }) => id !== campaign.id && role === 'opened' && state !== 'draft',
  );
  const [against, setAgainst] = useState(campaign.opening?.previous?.campaign ?? '');
  if (campaigns.data === undefined)
    return (
      <>
        <ProblemNotice error={campaigns.error} />
        {campaigns.isPending && <EmptyState title={text('campaignFollowUp:reading')} />}
      </>
    );
  if (others.length === 0)
    return (
      <EmptyState title={text('campaignFollowUp:diff.nothing')}>
        <p>{text('campaignFollowUp:diff.nothingNext')}</p>
      </EmptyState>
    );
  return (
    <div className={styles.section}>
      <div className={styles.narrow}>
        <SelectField
          label={text('campaignFollowUp:diff.against')}
          value={against}
          onChange={({ target }) => setAgainst(target.value)}
        >
          {against === '' && <option value="">{text('campaignFollowUp:diff.pick')}</option>}
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {optionWords(one)}
            </option>
          ))}
        </SelectField>
      </div>
      {against !== '' && (
        <Compared
          key={against}
          id={campaign.id}
          name={campaign.name}
          against={against}
          previousName={
            others.find(({ id }) => id === against)?.name ?? text('campaignFollowUp:diff.unknownName')
          }
        />
      )}
    </div>
  );
}

const optionWords = ({ name, period }: CampaignSummary): string =>
  `${visibleText(name)} (${period.from} – ${period.to})`;

type ComparedProps = { id: string; name: string; against: string; previousName: string };

function Compared({ id, name, against, previousName }: ComparedProps) {
  const { orpc } = useApi();
  const [kind, setKind] = useState<DifferenceKind>('new');
  const pages = useInfiniteQuery(
    orpc.campaignFollowUp.difference.infiniteOptions({
      input: (after: string | undefined) => ({
        id,
        against,
        kind,
        limit: rowsAtOnce,
        ...(after === undefined ? {} : { after }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextAfter ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const [first] = pages.data?.pages ?? [];
  if (first === undefined)
    return (
      <>
        <ProblemNotice error={pages.error} />
        {pages.isPending && <EmptyState title={text('campaignFollowUp:reading')} />}
      </>
    );
  return (
    <>
      <Panel title={text('campaignFollowUp:diff.title')} note={text('campaignFollowUp:diff.unchangedNote')}>
        <DifferenceBars counts={first.counts} earlier={previousName} later={name} />
        <p>{toGoWords(first, previousName)}</p>
      </Panel>
      <ProblemNotice error={pages.error} />
      <div>
        <Segmented
          label={text('campaignFollowUp:diff.show')}
          value={kind}
          choices={differenceKinds.map((one) => ({
            value: one,
            label: kindWords[one].label,
            count: first.counts[one],
          }))}
          onChange={setKind}
        />
      </div>
      <Rows
        key={kind}
        kind={kind}
        matching={first.counts[kind]}
        rows={pages.isPlaceholderData ? [] : (pages.data?.pages.flatMap((page) => page.rows) ?? [])}
        pages={pages}
        isReading={pages.isPlaceholderData}
        previousName={previousName}
      />
    </>
  );
}

function toGoWords({ wasToGo: { removed, unchanged } }: DifferencePage, previousName: string): string {
  const gaps = { count: removed + unchanged, removed, unchanged, name: visibleText(previousName) };
  return gaps.count === 0
    ? text('campaignFollowUp:diff.noneToGo', gaps)
    : text('campaignFollowUp:diff.wasToGo', gaps);
}

type RowsProps = {
  kind: DifferenceKind;
  matching: number;
  rows: DifferencePage['rows'];
  pages: Parameters<typeof usePagedRows>[1];
  isReading: boolean;
  previousName: string;
};

function Rows({ kind, matching, rows, pages, isReading, previousName }: RowsProps) {
  const [at, setAt] = useState<number | null>(null);
  const paged = usePagedRows(rows, pages);
  const shown = at === null ? undefined : rows[at];
  const detail = useRef<HTMLElement>(null);
  const list = text('campaignFollowUp:diff.list', { kind: kindWords[kind].label });
  return (
    <Work
      chosen={shown?.item.key ?? null}
      detailRef={detail}
      list={
        <>
          <FittedGrid
            {...paged}
            label={list}
            columns={differenceColumns()}
            leastWidth={differenceLeastWidth}
            selected={at}
            onSelect={setAt}
            onOpen={() => detail.current?.focus()}
            empty={
              <EmptyState title={isReading ? text('campaignFollowUp:reading') : kindWords[kind].empty} />
            }
          />
          <p className={styles.foot} aria-live="polite">
            {text('campaignFollowUp:shown', { shown: rows.length, all: matching })}
          </p>
        </>
      }
    >
      {shown === undefined ? (
        <EmptyState title={text('campaignFollowUp:choose')} />
      ) : (
        <DifferenceDetail row={shown} previousName={previousName} />
      )}
    </Work>
  );
}

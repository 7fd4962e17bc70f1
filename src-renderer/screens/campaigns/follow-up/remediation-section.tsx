// What becomes of every right that is to be revoked or modified: how far it is, whose task it is, and what a re-check shows.
import { useRef, useState } from 'react';
import type { NamedRemediation } from '#shared/model/campaign-follow-up.ts';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { useShortcuts } from '../../../components/keyboard.tsx';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../../domain/reviewer-gate.ts';
import { text } from '../../../texts/text.ts';
import type { SectionProps } from '../campaign-section.ts';
import { EditRemediation } from './edit-remediation.tsx';
import styles from './follow-up.module.css';
import { isOpenedHere, NotHere } from './not-here.tsx';
import { RecheckPanel } from './recheck-panel.tsx';
import { RemediationDetail } from './remediation-detail.tsx';
import { RemediationFilters } from './remediation-filters.tsx';
import { RemediationGrid } from './remediation-grid.tsx';
import { RemediationOverview } from './remediation-overview.tsx';
import { useRemediation } from './use-remediation.ts';
import { Work } from './work.tsx';

export function RemediationSection(props: SectionProps) {
  return isOpenedHere(props.campaign) ? <Remediation {...props} /> : <NotHere {...props} />;
}

function Remediation({ campaign, onGo }: SectionProps) {
  const list = useRemediation(campaign.id);
  const { rows, first, filter, setFilter } = list;
  const [chosen, setChosen] = useState<string | null>(null);
  const [checked, setChecked] = useState<ReadonlyMap<string, NamedRemediation>>(new Map());
  const [editing, setEditing] = useState<readonly NamedRemediation[] | null>(null);
  const gate = useReviewerGate();
  const detail = useRef<HTMLElement>(null);
  const selected = rows.find(({ item }) => item === chosen) ?? null;
  const edit = (which: readonly NamedRemediation[]) => {
    const open = which.filter(({ outcome }) => outcome !== null);
    if (open.length > 0) gate(() => setEditing(open));
  };
  const toggle = (row: NamedRemediation) => {
    const next = new Map(checked);
    if (!next.delete(row.item) && row.outcome !== null) next.set(row.item, row);
    setChecked(next);
  };
  const group = text('campaignFollowUp:remediation');
  useShortcuts([
    {
      keys: 'x',
      label: text('campaignFollowUp:tasks.check'),
      group,
      run: () => selected && toggle(selected),
    },
    {
      keys: 'e',
      label: text('campaignFollowUp:task.edit'),
      group,
      run: () => edit(checked.size > 0 ? [...checked.values()] : selected === null ? [] : [selected]),
    },
  ]);
  if (first === undefined)
    return (
      <>
        <ProblemNotice error={list.error} />
        {list.isPending && <EmptyState title={text('campaignFollowUp:reading')} />}
      </>
    );
  const total = Object.values(first.counts).reduce((sum, count) => sum + count, 0);
  if (total + first.corrected === 0)
    return (
      <EmptyState title={text('campaignFollowUp:tasks.empty')}>
        <p>{text('campaignFollowUp:tasks.emptyMeaning')}</p>
        <Button onClick={() => onGo({ at: 'campaign', id: campaign.id, section: 'items' })}>
          {text('campaignFollowUp:goToItems')}
        </Button>
      </EmptyState>
    );
  return (
    <div className={styles.section}>
      <RemediationOverview list={first} total={total} />
      <Work
        chosen={selected?.item ?? null}
        detailRef={detail}
        list={
          <>
            <RemediationFilters list={first} filter={filter} onFilter={setFilter} />
            {checked.size > 0 && (
              <section className={styles.chosen} aria-label={text('campaignFollowUp:tasks.check')}>
                <output>{text('campaignFollowUp:tasks.checkedCount', { count: checked.size })}</output>
                <Button size="small" weight="primary" onClick={() => edit([...checked.values()])}>
                  {text('campaignFollowUp:tasks.editChecked')}
                </Button>
                <Button size="small" onClick={() => setChecked(new Map(rowsById(rows)))}>
                  {text('campaignFollowUp:tasks.checkShown')}
                </Button>
                <Button size="small" weight="quiet" onClick={() => setChecked(new Map())}>
                  {text('campaignFollowUp:tasks.uncheck')}
                </Button>
              </section>
            )}
            <ProblemNotice error={list.error} />
            <RemediationGrid
              key={JSON.stringify(list.asked)}
              list={list}
              checked={checked}
              onToggle={toggle}
              chosen={chosen}
              onChoose={setChosen}
              onOpen={() => detail.current?.focus()}
            />
          </>
        }
      >
        {selected === null ? (
          <EmptyState title={text('campaignFollowUp:choose')} />
        ) : (
          <RemediationDetail
            key={selected.item}
            campaign={campaign.id}
            row={selected}
            onEdit={() => edit([selected])}
          />
        )}
      </Work>
      <RecheckPanel campaign={campaign} />
      {editing !== null && (
        <EditRemediation
          campaign={campaign.id}
          rows={editing}
          onClose={() => {
            setEditing(null);
            setChecked(new Map());
          }}
        />
      )}
    </div>
  );
}

const mostTogether = 1000;

/** Those that can be edited together. */
const rowsById = (rows: readonly NamedRemediation[]): [string, NamedRemediation][] =>
  rows
    .filter(({ outcome }) => outcome !== null)
    .slice(0, mostTogether)
    .map((row) => [row.item, row]);

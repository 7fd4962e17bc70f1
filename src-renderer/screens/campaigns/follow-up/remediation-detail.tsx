// One right that is to go: why, whose task, what an administrator is told, and everything that was recorded about it.
import { useQuery } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import type { RemediationDetail as Detail, NamedRemediation } from '#shared/model/campaign-follow-up.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { Facts } from '../../../components/facts.tsx';
import { ScrollText } from '../../../components/scroll-region.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { useApi } from '../../../domain/api.ts';
import { DecisionMark } from '../../../domain/decision-mark.tsx';
import { InstantText } from '../../../domain/instant.tsx';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { text } from '../../../texts/text.ts';
import { rightWords } from './follow-up-words.ts';
import styles from './follow-up.module.css';
import { DueDay } from './remediation-grid.tsx';
import { StateMark } from './state-mark.tsx';

type RemediationDetailProps = { campaign: string; row: NamedRemediation; onEdit: () => void };

export function RemediationDetail({ campaign, row, onEdit }: RemediationDetailProps) {
  const { orpc } = useApi();
  const { item, subject, subjectName, outcome, state } = row;
  const detail = useQuery(
    orpc.campaignFollowUp.remediationOf.queryOptions({ input: { id: campaign, item } }),
  );
  return (
    <div className={styles.detailBody}>
      <header className={styles.part}>
        <div className={styles.title}>
          <h2 className={styles.right}>
            <Verbatim value={subjectName ?? subject} />
          </h2>
          {outcome !== null && (
            <Button size="small" icon={Pencil} keyHint="e" onClick={onEdit}>
              {text('campaignFollowUp:task.edit')}
            </Button>
          )}
        </div>
        {subjectName !== null && subjectName !== subject && (
          <p className={styles.muted}>
            <Verbatim value={subject} />
          </p>
        )}
        <p>{rightWords(row)}</p>
        <div className={styles.marks}>
          {outcome !== null && <DecisionMark decision={outcome} />}
          {outcome !== null && <StateMark state={state} />}
          {outcome === null && <p>{text('campaignFollowUp:tasks.correctedMeaning')}</p>}
        </div>
      </header>
      <Task row={row} decidedAt={detail.data?.decidedAt ?? null} />
      <section className={styles.part} aria-label={text('campaignFollowUp:task.instruction')}>
        <div className={styles.title}>
          <h3>{text('campaignFollowUp:task.instruction')}</h3>
          <CopyButton text={row.instruction} label={text('campaignFollowUp:task.copy')} />
        </div>
        <ScrollText label={text('campaignFollowUp:task.instruction')} text={row.instruction} />
        <p className={styles.muted}>{text('campaignFollowUp:task.instructionNote')}</p>
      </section>
      <section className={styles.part} aria-label={text('campaignFollowUp:task.history')}>
        <h3>{text('campaignFollowUp:task.history')}</h3>
        <ProblemNotice error={detail.error} />
        {detail.data?.history.length === 0 && (
          <p className={styles.muted}>{text('campaignFollowUp:task.noHistory')}</p>
        )}
        <ol className={styles.history}>
          {detail.data?.history.toReversed().map((line) => (
            <HistoryLine key={`${line.what} ${line.at}`} line={line} />
          ))}
        </ol>
      </section>
    </div>
  );
}

function Task({ row, decidedAt }: { row: NamedRemediation; decidedAt: string | null }) {
  const { owner, ticket, checkedAt, reason, decidedBy } = row;
  return (
    <div className={styles.part}>
      <Facts
        facts={[
          {
            name: text('campaignFollowUp:tasks.owner'),
            value: <Verbatim value={owner} missing={text('campaignFollowUp:nobody')} />,
          },
          { name: text('campaignFollowUp:tasks.due'), value: <DueDay row={row} /> },
          {
            name: text('campaignFollowUp:tasks.ticket'),
            value: <Verbatim value={ticket} missing={text('campaignFollowUp:none')} />,
          },
          {
            name: text('campaignFollowUp:task.checkedAt'),
            value:
              checkedAt === null ? (
                text('campaignFollowUp:task.neverChecked')
              ) : (
                <InstantText instant={checkedAt} />
              ),
          },
          {
            name: text('campaignFollowUp:task.by'),
            value: (
              <>
                <Verbatim value={decidedBy} />
                {decidedAt !== null && (
                  <>
                    , <InstantText instant={decidedAt} />
                  </>
                )}
              </>
            ),
          },
        ]}
      />
      {reason !== null && reason !== '' && (
        <blockquote className={styles.quote} dir="auto">
          {visibleText(reason)}
        </blockquote>
      )}
    </div>
  );
}

function HistoryLine({ line }: { line: Detail['history'][number] }) {
  const name = visibleText(line.byName);
  const said = line.what === 'recheck' ? line.because : line.note;
  return (
    <li>
      <p className={styles.line}>
        <StateMark state={line.state ?? 'unknown'} />
        <span className={styles.muted}>
          <InstantText instant={line.at} />
        </span>
      </p>
      <p>
        {line.what === 'recheck'
          ? text('campaignFollowUp:task.rechecked', { number: line.number, name })
          : text('campaignFollowUp:task.changed', { name })}
        {line.what === 'change' && (
          <span className={styles.muted}>
            {[line.owner, line.dueOn, line.ticket]
              .filter((part) => part !== null)
              .map((part) => ` · ${visibleText(part)}`)
              .join('')}
          </span>
        )}
      </p>
      {said !== null && <p dir="auto">{visibleText(said)}</p>}
    </li>
  );
}

// Everything that is let pass at present: what, whose, until when, what it hides, and what its checks brought to light.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ListedException } from '#shared/contract/detection.ts';
import { hourOfWeekWords } from '../../charts/hours-of-week.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Modal } from '../../components/modal.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { countWords } from '../../domain/count-words.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useFindingsView } from '../../state/findings-view.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { EndExceptionDialog } from './end-exception-dialog.tsx';
import styles from './exceptions-dialog.module.css';

const dayMs = 86_400_000;
const mostOfValue = 60;

/** Those that run: neither ended by somebody nor past their day. */
function useExceptions() {
  const { orpc } = useApi();
  const [openedMs] = useState(() => Date.now());
  const exceptions = useQuery(orpc.detection.exceptions.queryOptions());
  const running = exceptions.data
    ?.filter(({ endedAt, expiresAt }) => endedAt === null && Date.parse(expiresAt) > openedMs)
    .toSorted((one, other) => one.expiresAt.localeCompare(other.expiresAt));
  return { running, error: exceptions.error, openedMs };
}

export function ExceptionsButton() {
  const { running } = useExceptions();
  const showExceptions = useFindingsView((state) => state.showExceptions);
  return (
    <Button size="small" onClick={() => showExceptions(true)}>
      {running === undefined
        ? text('findings:exception.list')
        : text('findings:exception.listOpen', { count: running.length })}
    </Button>
  );
}

export function ExceptionsDialog({ onClose }: { onClose: () => void }) {
  const { running, error, openedMs } = useExceptions();
  const gate = useReviewerGate();
  const [ending, setEnding] = useState<string | null>(null);
  return (
    <Modal title={text('findings:exception.list')} width="wide" onClose={onClose}>
      <p className={styles.words}>{text('findings:exception.listWords')}</p>
      <ProblemNotice error={error} />
      {running?.length === 0 && (
        <EmptyState title={text('findings:exception.listNone')}>
          <p>{text('findings:exception.listNoneWords')}</p>
        </EmptyState>
      )}
      <ul className={styles.list} aria-label={text('findings:exception.list')}>
        {running?.map((one) => (
          <li key={one.id}>
            <One
              exception={one}
              days={Math.floor((Date.parse(one.expiresAt) - openedMs) / dayMs)}
              onEnd={() => gate(() => setEnding(one.id))}
            />
          </li>
        ))}
      </ul>
      {ending !== null && <EndExceptionDialog id={ending} onClose={() => setEnding(null)} />}
    </Modal>
  );
}

type OneProps = { exception: ListedException; days: number; onEnd: () => void };

function One({ exception, days, onEnd }: OneProps) {
  const titleOf = useDetectorTitles();
  const { detector, entityKind, entity, action, hourOfWeek, maximumCount, owner, reason } = exception;
  const kind = isKind(entityKind) ? text(`findings:subject.${entityKind}`) : entityKind;
  return (
    <div className={styles.one}>
      <p>
        <strong>{titleOf(detector)}</strong> · {kind} <Verbatim value={entity} most={mostOfValue} /> ·{' '}
        {action === null ? (
          text('findings:exception.anyAction')
        ) : (
          <Verbatim value={action} most={mostOfValue} />
        )}{' '}
        · {hourOfWeek === null ? text('findings:exception.anyHour') : hourOfWeekWords(hourOfWeek)} ·{' '}
        {text('findings:exception.upTo', { events: countWords(maximumCount, 'event') })}
      </p>
      <p className={styles.words}>
        <Rich
          of="findings:exception.until"
          values={{
            left:
              days === 0
                ? text('findings:exception.lastDay')
                : text('findings:exception.daysLeft', { count: days }),
          }}
          parts={{ until: <InstantText instant={exception.expiresAt} /> }}
        />
        {' · '}
        {text('findings:exception.hiding', { findings: countWords(exception.hides, 'finding') })}
        {' · '}
        {exception.checked === 0
          ? text('findings:exception.unchecked')
          : text('findings:exception.checks', { count: exception.checked, missed: exception.missed })}
      </p>
      <p>
        <Verbatim value={owner} most={mostOfValue} />: <Verbatim value={reason} most={400} />
      </p>
      <Button size="small" className={styles.end} onClick={onEnd}>
        {text('findings:exception.end')}
      </Button>
    </div>
  );
}

const kinds = ['actor', 'ip', 'account', 'route', 'resource', 'session'] as const;
const isKind = (kind: string): kind is (typeof kinds)[number] => kinds.some((one) => one === kind);

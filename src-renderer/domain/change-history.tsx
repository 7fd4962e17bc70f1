// What was changed, when, by whom and why: the entries of the ledger of some kinds, newest first.
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { LedgerEntryType } from '#shared/model/evidence.ts';
import type { LedgerLine } from '#shared/model/ledger.ts';
import { Panel } from '../components/panel.tsx';
import { Verbatim } from '../components/verbatim.tsx';
import { text } from '../texts/text.ts';
import { useApi } from './api.ts';
import styles from './change-history.module.css';
import { InstantText } from './instant.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { SentenceParts } from './sentence.tsx';

const mostShown = 20;

type ChangeHistoryProps = {
  types: readonly LedgerEntryType[];
  /** What more there is to say about a change. */
  detailOf?: (line: LedgerLine) => ReactNode;
};

export function ChangeHistory({ types, detailOf = () => null }: ChangeHistoryProps) {
  const { orpc } = useApi();
  const queries = useQueries({
    queries: types.map((type) => orpc.ledger.entries.queryOptions({ input: { type, limit: mostShown } })),
  });
  const error = queries.find((query) => query.error !== null)?.error ?? null;
  const isPending = queries.some((query) => query.isPending);
  const found = queries
    .flatMap((query) => query.data?.entries ?? [])
    .toSorted((one, other) => other.seq - one.seq);
  const hasEarlier = found.length > mostShown || queries.some((query) => query.data?.hasEarlier === true);
  return (
    <Panel title={text('settings:history.title')} note={text('settings:history.note')}>
      <ProblemNotice error={error} />
      {isPending && error === null && <p className={styles.quiet}>{text('settings:history.reading')}</p>}
      {!isPending && found.length === 0 && <p>{text('settings:history.none')}</p>}
      {found.length > 0 && (
        <ol className={styles.list} aria-label={text('settings:history.title')}>
          {found.slice(0, mostShown).map((line) => (
            <li key={line.seq} className={styles.line}>
              <p className={styles.quiet}>
                <InstantText instant={line.at} /> · <Who line={line} /> ·{' '}
                {text('settings:history.entry', { seq: line.seq })}
              </p>
              <p className={styles.what}>
                <SentenceParts parts={line.saying} most={Infinity} />
              </p>
              {detailOf(line)}
            </li>
          ))}
        </ol>
      )}
      {hasEarlier && <p className={styles.quiet}>{text('settings:history.earlier')}</p>}
    </Panel>
  );
}

function Who({ line: { actor, actorName } }: { line: LedgerLine }) {
  return actor === '' ? text('settings:history.itself') : <Verbatim value={actorName ?? actor} most={60} />;
}

// One entry in full: its words, who and when, the chain it stands in, and all that it records, to the letter.
import { useQuery } from '@tanstack/react-query';
import type { LedgerEntryDetail } from '#shared/model/ledger.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { ScrollText } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { durationWords } from '../../domain/duration-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { SentenceParts } from '../../domain/sentence.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './entry-detail.module.css';
import { Actor } from './ledger-columns.tsx';
import { kindWords } from './ledger-words.ts';

export function EntryDetail({ seq }: { seq: number }) {
  const { orpc } = useApi();
  // An entry is never changed, so what was read once holds.
  const details = useQuery(orpc.ledger.entry.queryOptions({ input: { seq }, staleTime: Infinity }));
  if (details.isError) return <ProblemNotice error={details.error} />;
  if (details.data === undefined) return <EmptyState title={text('ledger:entry.loading')} />;
  return <Entry detail={details.data} />;
}

function Entry({ detail: { line, entry, hash } }: { detail: LedgerEntryDetail }) {
  const json = JSON.stringify(entry, null, 2);
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <p className={styles.kind}>
          <Rich
            of="ledger:entry.title"
            parts={{ seq: <>{entry.seq}</>, type: <>{kindWords(entry.type)}</> }}
          />
        </p>
        <h2 lang="en">
          <SentenceParts parts={line.saying} />
        </h2>
      </header>
      <Facts
        facts={[
          { name: text('ledger:entry.who'), value: <Actor line={line} /> },
          ...(line.actorName === null
            ? []
            : [{ name: text('ledger:entry.reviewerId'), value: <Verbatim value={line.actor} /> }]),
          {
            name: text('ledger:entry.when'),
            value: (
              <>
                <InstantText instant={entry.wall_time} precision="second" withOffset />
                <span className={styles.quiet}>{clockWords(entry.offset_ms)}</span>
              </>
            ),
          },
          {
            name: text('ledger:entry.about'),
            value: <Verbatim value={entry.subject} missing={text('ledger:entry.aboutNothing')} />,
          },
          {
            name: text('ledger:entry.sourceAccount'),
            value: <Verbatim value={entry.tenant} missing={text('ledger:entry.none')} />,
          },
          { name: text('ledger:entry.id'), value: <code>{entry.id}</code> },
        ]}
      />
      <section aria-label={text('ledger:entry.chain')}>
        <h3>{text('ledger:entry.place')}</h3>
        <dl className={styles.hashes}>
          <HashLine name={text('ledger:entry.hash')} hash={hash} />
          {entry.seq > 1 && (
            <HashLine name={text('ledger:entry.hashBefore', { seq: entry.seq - 1 })} hash={entry.prev} />
          )}
        </dl>
        <p className={styles.quiet}>{text('ledger:entry.hashMeaning')}</p>
      </section>
      <section aria-label={text('ledger:entry.recorded')}>
        <div className={styles.line}>
          <h3>{text('ledger:entry.letter')}</h3>
          <CopyButton text={json} label={text('ledger:entry.copy')} />
        </div>
        <ScrollText label={text('ledger:entry.json')} text={json} />
      </section>
    </div>
  );
}

function HashLine({ name, hash }: { name: string; hash: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={styles.line}>
        <code className={styles.hash}>{hash}</code>
        <CopyButton text={hash} label={text('ledger:entry.copyOf', { name })} />
      </dd>
    </div>
  );
}

function clockWords(offsetMs: number | null): string {
  if (offsetMs === null) return text('ledger:clock.unknown');
  if (Math.abs(offsetMs) < 1000) return text('ledger:clock.agreed');
  const apart = durationWords(offsetMs);
  return offsetMs > 0 ? text('ledger:clock.behind', { apart }) : text('ledger:clock.ahead', { apart });
}

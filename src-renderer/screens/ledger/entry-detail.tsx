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
import styles from './entry-detail.module.css';
import { Actor } from './ledger-columns.tsx';
import { kindWords } from './ledger-words.ts';

export function EntryDetail({ seq }: { seq: number }) {
  const { orpc } = useApi();
  // An entry is never changed, so what was read once holds.
  const details = useQuery(orpc.ledger.entry.queryOptions({ input: { seq }, staleTime: Infinity }));
  if (details.isError) return <ProblemNotice error={details.error} />;
  if (details.data === undefined) return <EmptyState title="Reading the entry…" />;
  return <Entry detail={details.data} />;
}

function Entry({ detail: { line, entry, hash } }: { detail: LedgerEntryDetail }) {
  const json = JSON.stringify(entry, null, 2);
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <p className={styles.kind}>
          Entry {entry.seq} · {kindWords(entry.type)}
        </p>
        <h2>
          <SentenceParts parts={line.saying} />
        </h2>
      </header>
      <Facts
        facts={[
          { name: 'Who', value: <Actor line={line} /> },
          ...(line.actorName === null
            ? []
            : [{ name: 'Reviewer id', value: <Verbatim value={line.actor} /> }]),
          {
            name: 'When',
            value: (
              <>
                <InstantText instant={entry.wall_time} precision="second" withOffset />
                <span className={styles.quiet}>
                  by this computer’s clock, which {clockWords(entry.offset_ms)}
                </span>
              </>
            ),
          },
          { name: 'About', value: <Verbatim value={entry.subject} missing="nothing in particular" /> },
          { name: 'Source account', value: <Verbatim value={entry.tenant} missing="none" /> },
          { name: 'Id', value: <code>{entry.id}</code> },
        ]}
      />
      <section aria-label="Chain">
        <h3>Its place in the chain</h3>
        <dl className={styles.hashes}>
          <HashLine name="Hash of this entry" hash={hash} />
          {entry.seq > 1 && (
            <HashLine name={`Hash of entry ${entry.seq - 1}, which this one names`} hash={entry.prev} />
          )}
        </dl>
        <p className={styles.quiet}>
          The hash was computed again from the entry just now, and is the one on record. SHA-256 over a zero
          byte and the canonical JSON (RFC 8785).
        </p>
      </section>
      <section aria-label="What is recorded">
        <div className={styles.line}>
          <h3>To the letter</h3>
          <CopyButton text={json} label="Copy the entry" />
        </div>
        <ScrollText label="The entry as JSON" text={json} />
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
        <CopyButton text={hash} label={`Copy: ${name}`} />
      </dd>
    </div>
  );
}

function clockWords(offsetMs: number | null): string {
  if (offsetMs === null) return 'had not been compared with the database’s';
  if (Math.abs(offsetMs) < 1000) return 'agreed with the database’s';
  return `was ${durationWords(offsetMs)} ${offsetMs > 0 ? 'behind' : 'ahead of'} the database’s`;
}

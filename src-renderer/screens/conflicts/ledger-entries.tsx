// Every ledger entry about an item, so that whoever holds an evidence pack finds each of them there.
import type { EntryReference } from '#shared/model/conflict.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';
import { Hash } from './hash.tsx';
import { entryWords } from './conflict-words.ts';
import styles from './conflict-detail.module.css';

export function LedgerEntries({ entries }: { entries: readonly EntryReference[] }) {
  return (
    <section aria-label={text('conflicts:entries.label')}>
      <h3>{text('conflicts:entries.title')}</h3>
      <ScrollRegion label={text('conflicts:entries.about')}>
        <table className={styles.entries}>
          <thead>
            <tr>
              <th scope="col">{text('conflicts:entries.entry')}</th>
              <th scope="col">{text('conflicts:entries.what')}</th>
              <th scope="col">{text('conflicts:entries.when')}</th>
              <th scope="col">{text('conflicts:entries.hash')}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ seq, id, type, at, hash }) => (
              <tr key={id}>
                <td>{seq}</td>
                <td>{entryWords(type)}</td>
                <td>
                  <InstantText instant={at} precision="second" />
                </td>
                <td>
                  <code>{id}</code> <Hash hash={hash} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

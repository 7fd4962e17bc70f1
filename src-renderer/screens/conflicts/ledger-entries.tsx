// Every ledger entry about an item, so that whoever holds an evidence pack finds each of them there.
import type { EntryReference } from '#shared/model/conflict.ts';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { Hash } from './hash.tsx';
import { entryWords } from './conflict-words.ts';
import styles from './conflict-detail.module.css';

export function LedgerEntries({ entries }: { entries: readonly EntryReference[] }) {
  return (
    <section aria-label="Ledger entries">
      <h3>In the ledger</h3>
      <ScrollRegion label="Ledger entries about this item">
        <table className={styles.entries}>
          <thead>
            <tr>
              <th scope="col">Entry</th>
              <th scope="col">What</th>
              <th scope="col">When (claimed)</th>
              <th scope="col">Id, hash</th>
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

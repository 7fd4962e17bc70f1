// Above the ledger: which part of it, and what its entries are narrowed to.
import { Search } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import type { LedgerPage } from '#shared/model/ledger.ts';
import { Segmented } from '../../components/segmented.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { countWords, formatCount } from '../../domain/count-words.ts';
import { useLedgerView } from '../../state/ledger-view.ts';
import type { LedgerPart } from '../../state/ledger-view.ts';
import { itself, kindWords } from './ledger-words.ts';
import styles from './ledger-screen.module.css';

const parts: readonly { value: LedgerPart; label: string }[] = [
  { value: 'entries', label: 'Entries' },
  { value: 'checks', label: 'Checks and copies' },
];

export function LedgerTitle({ size }: { size: number }) {
  const { part, setPart } = useLedgerView();
  return (
    <>
      <div className={styles.titleLine}>
        <h1>Ledger</h1>
        <Segmented label="Part of the ledger" value={part} choices={parts} onChange={setPart} />
      </div>
      <p className={styles.note}>
        {countWords(size, 'entry', 'entries')}: what people did, and Countersign on their behalf. Appended,
        never changed.
      </p>
    </>
  );
}

type FiltersProps = {
  page: LedgerPage | undefined;
  searchInput: RefObject<HTMLInputElement | null>;
  /** What can be done with the list. */
  actions: ReactNode;
};

export function LedgerFilters({ page, searchInput, actions }: FiltersProps) {
  const { type, actor, text, setType, setActor, setText } = useLedgerView();
  const kinds = page?.kinds ?? [];
  const people = page?.people ?? [];
  return (
    <div className={styles.filters}>
      <select
        className={styles.select}
        aria-label="Kind"
        value={type ?? ''}
        onChange={({ target }) => setType(kinds.find((kind) => kind.type === target.value)?.type ?? null)}
      >
        <option value="">All kinds</option>
        {kinds.map((kind) => (
          <option key={kind.type} value={kind.type}>
            {`${kindWords(kind.type)} (${formatCount(kind.count)})`}
          </option>
        ))}
      </select>
      <select
        className={styles.select}
        aria-label="Person"
        value={actor === null ? 'all' : `by:${actor}`}
        onChange={({ target }) =>
          setActor(people.find((person) => `by:${person.actor}` === target.value)?.actor ?? null)
        }
      >
        <option value="all">Everybody</option>
        {people.map((person) => (
          <option key={person.actor} value={`by:${person.actor}`}>
            {`${nameOf(person)} (${formatCount(person.count)})`}
          </option>
        ))}
      </select>
      <div className={styles.search}>
        <Search className={styles.icon} aria-hidden="true" />
        <input
          ref={searchInput}
          type="search"
          className={styles.input}
          aria-label="Search the ledger"
          placeholder="Search in words, ids and hashes  ( / )"
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
          }}
        />
      </div>
      {actions}
    </div>
  );
}

function nameOf({ actor, name }: LedgerPage['people'][number]): string {
  return actor === '' ? itself : visibleText(name ?? actor);
}

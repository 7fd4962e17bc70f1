// Above the ledger: which part of it, and what its entries are narrowed to.
import type { ReactNode, RefObject } from 'react';
import type { LedgerPage } from '#shared/model/ledger.ts';
import toolbar from '../../components/list-toolbar.module.css';
import { SearchField } from '../../components/search-field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { countWords, formatCount } from '../../domain/count-words.ts';
import { useLedgerView } from '../../state/ledger-view.ts';
import type { LedgerPart } from '../../state/ledger-view.ts';
import { text } from '../../texts/text.ts';
import { itself, kindWords } from './ledger-words.ts';
import styles from './ledger-screen.module.css';

const parts: readonly LedgerPart[] = ['entries', 'checks'];

export function LedgerTitle({ size }: { size: number }) {
  const { part, setPart } = useLedgerView();
  return (
    <>
      <div className={`${toolbar.line} ${styles.titleLine}`}>
        <h1>{text('ledger:title')}</h1>
        <Segmented
          label={text('ledger:head.part')}
          value={part}
          choices={parts.map((one) => ({ value: one, label: text(`ledger:part.${one}`) }))}
          onChange={setPart}
        />
      </div>
      <p className={styles.note}>{text('ledger:head.meaning', { entries: countWords(size, 'entry') })}</p>
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
  const { type, actor, text: searched, setType, setActor, setText } = useLedgerView();
  const kinds = page?.kinds ?? [];
  const people = page?.people ?? [];
  return (
    <div className={toolbar.line}>
      <select
        className={styles.select}
        aria-label={text('ledger:head.kind')}
        value={type ?? ''}
        onChange={({ target }) => setType(kinds.find((kind) => kind.type === target.value)?.type ?? null)}
      >
        <option value="">{text('ledger:head.allKinds')}</option>
        {kinds.map((kind) => (
          <option key={kind.type} value={kind.type}>
            {`${kindWords(kind.type)} (${formatCount(kind.count)})`}
          </option>
        ))}
      </select>
      <select
        className={styles.select}
        aria-label={text('ledger:head.person')}
        value={actor === null ? 'all' : `by:${actor}`}
        onChange={({ target }) =>
          setActor(people.find((person) => `by:${person.actor}` === target.value)?.actor ?? null)
        }
      >
        <option value="all">{text('ledger:head.everybody')}</option>
        {people.map((person) => (
          <option key={person.actor} value={`by:${person.actor}`}>
            {`${nameOf(person)} (${formatCount(person.count)})`}
          </option>
        ))}
      </select>
      <SearchField
        input={searchInput}
        label={text('ledger:head.search')}
        width={[200, 380]}
        placeholder={text('ledger:head.searchHint')}
        maxLength={200}
        value={searched}
        isLeftByKey
        onSearch={setText}
      />
      {actions}
    </div>
  );
}

function nameOf({ actor, name }: LedgerPage['people'][number]): string {
  return actor === '' ? itself() : visibleText(name ?? actor);
}

// Exports the entries of the ledger: all that fit the filters, or those a search has listed.
import type { LedgerLine, LedgerPage } from '#shared/model/ledger.ts';
import { ExportListButton } from '../../domain/export-button.tsx';
import { useLedgerView } from '../../state/ledger-view.ts';
import { itself, kindWords } from './ledger-words.ts';

type ExportEntriesProps = {
  /** The entries on screen, in their order. */
  lines: () => readonly LedgerLine[];
  page: LedgerPage | undefined;
};

export function ExportEntries({ lines, page }: ExportEntriesProps) {
  const { type, actor, text } = useLedgerView();
  const searched = text.trim();
  const words = [
    ...(type === null ? [] : [`Only entries of the kind “${kindWords(type)}”.`]),
    ...(actor === null ? [] : [`Only what ${actor === '' ? itself : `“${actor}”`} did.`]),
    ...(searched === '' ? [] : [`Only entries that mention “${searched}”.`]),
    ...(searched !== '' && page?.hasEarlier === true ? ['Only the newest of those, as listed.'] : []),
  ];
  return (
    <ExportListButton
      table="ledger"
      isReady={page !== undefined}
      what={searched === '' ? 'The entries of the ledger, newest first' : 'The entries as listed here'}
      filter={() =>
        searched === ''
          ? { ...(type === null ? {} : { type }), ...(actor === null ? {} : { actor }) }
          : { ids: lines().map(({ id }) => id), words }
      }
      words={words}
    />
  );
}

// Exports the entries of the ledger: all that fit the filters, or those a search has listed.
import type { LedgerLine, LedgerPage } from '#shared/model/ledger.ts';
import { ExportListButton } from '../../domain/export-button.tsx';
import { quoted } from '../../domain/event-words.ts';
import { useLedgerView } from '../../state/ledger-view.ts';
import { text } from '../../texts/text.ts';
import { itself, kindWords } from './ledger-words.ts';

type ExportEntriesProps = {
  /** The entries on screen, in their order. */
  lines: () => readonly LedgerLine[];
  page: LedgerPage | undefined;
};

export function ExportEntries({ lines, page }: ExportEntriesProps) {
  const { type, actor, text: search } = useLedgerView();
  const searched = search.trim();
  const words = [
    ...(type === null ? [] : [text('ledger:export.kind', { type: kindWords(type) })]),
    ...(actor === null
      ? []
      : [text('ledger:export.actor', { actor: actor === '' ? itself() : quoted(actor) })]),
    ...(searched === '' ? [] : [text('ledger:export.mention', { searched })]),
    ...(searched !== '' && page?.hasEarlier === true ? [text('ledger:export.newest')] : []),
  ];
  return (
    <ExportListButton
      table="ledger"
      isReady={page !== undefined}
      what={searched === '' ? text('ledger:export.all') : text('ledger:export.listed')}
      filter={() =>
        searched === ''
          ? { ...(type === null ? {} : { type }), ...(actor === null ? {} : { actor }) }
          : { ids: lines().map(({ id }) => id), words }
      }
      words={words}
    />
  );
}

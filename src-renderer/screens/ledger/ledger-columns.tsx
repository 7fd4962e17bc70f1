// The columns of the ledger.
import type { LedgerLine } from '#shared/model/ledger.ts';
import { gridColumns } from '../../components/grid-table.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { SentenceParts } from '../../domain/sentence.tsx';
import { text } from '../../texts/text.ts';
import { itself } from './ledger-words.ts';

export const ledgerWidths = ['76px', '142px', '148px', undefined];
export const ledgerLeastWidth = 620;

const column = gridColumns<LedgerLine>();

export const ledgerColumns = column.columns([
  column.accessor('seq', { header: () => text('ledger:column.entry'), cell: ({ row }) => row.original.seq }),
  column.accessor('at', {
    header: () => text('ledger:column.when'),
    cell: ({ row }) => <InstantText instant={row.original.at} />,
  }),
  column.accessor((line) => line.actorName ?? line.actor, {
    id: 'who',
    header: () => text('ledger:column.who'),
    cell: ({ row }) => <Actor line={row.original} />,
  }),
  column.display({
    id: 'what',
    header: () => text('ledger:column.what'),
    cell: ({ row }) => (
      <span lang="en">
        <SentenceParts parts={row.original.saying} />
      </span>
    ),
  }),
]);

export function Actor({ line: { actor, actorName } }: { line: Pick<LedgerLine, 'actor' | 'actorName'> }) {
  if (actor === '') return itself();
  return <Verbatim value={actorName ?? actor} />;
}

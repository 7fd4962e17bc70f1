// The columns of the ledger.
import type { LedgerLine } from '#shared/model/ledger.ts';
import { gridColumns } from '../../components/grid-table.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { SentenceParts } from '../../domain/sentence.tsx';
import { itself } from './ledger-words.ts';

export const ledgerWidths = ['76px', '142px', '148px', undefined];
export const ledgerLeastWidth = 620;

const column = gridColumns<LedgerLine>();

export const ledgerColumns = column.columns([
  column.accessor('seq', { header: 'Entry', cell: ({ row }) => row.original.seq }),
  column.accessor('at', {
    header: 'When',
    cell: ({ row }) => <InstantText instant={row.original.at} />,
  }),
  column.accessor((line) => line.actorName ?? line.actor, {
    id: 'who',
    header: 'Who',
    cell: ({ row }) => <Actor line={row.original} />,
  }),
  column.display({
    id: 'what',
    header: 'What',
    cell: ({ row }) => <SentenceParts parts={row.original.saying} />,
  }),
]);

export function Actor({ line: { actor, actorName } }: { line: Pick<LedgerLine, 'actor' | 'actorName'> }) {
  if (actor === '') return itself;
  return <Verbatim value={actorName ?? actor} />;
}

// Audit events as a virtualised grid.
import { useState } from 'react';
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { DataGrid } from '../components/data-grid.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { gridColumns, useGridTable } from '../components/grid-table.ts';
import { Verbatim } from '../components/verbatim.tsx';
import { text } from '../texts/text.ts';
import { InstantText } from './instant.tsx';

const column = gridColumns<AuditEvent>();
const columns = column.columns([
  column.accessor('createdAt', {
    header: () => text('domain:eventColumn.when'),
    cell: ({ row }) => <InstantText instant={row.original.createdAt} precision="second" />,
  }),
  column.accessor('action', {
    header: () => text('domain:eventColumn.action'),
    cell: ({ row }) => <Verbatim value={row.original.action} />,
  }),
  column.accessor((event) => [event.resourceType, event.resourceId].filter(Boolean).join(' · '), {
    id: 'resource',
    header: () => text('domain:eventColumn.resource'),
    cell: ({ getValue }) => <Verbatim value={getValue()} />,
  }),
  column.accessor('ip', {
    header: () => text('domain:eventColumn.address'),
    cell: ({ row }) => <Verbatim value={row.original.ip} />,
  }),
]);

const eventWidths = ['152px', undefined, undefined, '92px'];

export function EventGrid({
  label,
  events,
  selectedId,
  onSelect,
}: {
  label: string;
  events: readonly AuditEvent[];
  selectedId?: string | null;
  onSelect?: (id: string) => void;
}) {
  const [ownSelection, setOwnSelection] = useState<string | null>(null);
  const table = useGridTable(events, columns, (event) => event.id);
  return (
    <DataGrid
      isDense
      label={label}
      table={table}
      widths={eventWidths}
      selectedId={selectedId ?? ownSelection}
      onSelect={onSelect ?? setOwnSelection}
      empty={<EmptyState title={text('domain:event.none')} />}
      rowHeight={28}
    />
  );
}

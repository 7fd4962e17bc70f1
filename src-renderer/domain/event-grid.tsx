// Audit events as a virtualised grid.
import { useState } from 'react';
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { DataGrid } from '../components/data-grid.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { gridColumns, useGridTable } from '../components/grid-table.ts';
import { Verbatim } from '../components/verbatim.tsx';
import { InstantText } from './instant.tsx';

const column = gridColumns<AuditEvent>();
const columns = column.columns([
  column.accessor('createdAt', {
    header: 'When',
    cell: ({ row }) => <InstantText instant={row.original.createdAt} precision="second" />,
  }),
  column.accessor('action', {
    header: 'Action',
    cell: ({ row }) => <Verbatim value={row.original.action} />,
  }),
  column.accessor((event) => [event.resourceType, event.resourceId].filter(Boolean).join(' · '), {
    id: 'resource',
    header: 'Resource',
    cell: ({ getValue }) => <Verbatim value={getValue()} />,
  }),
  column.accessor('ip', { header: 'Address', cell: ({ row }) => <Verbatim value={row.original.ip} /> }),
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
      empty={<EmptyState title="No events" />}
      rowHeight={28}
    />
  );
}

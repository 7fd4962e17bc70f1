// “Export this list…” in the head of a list, and the same for whatever else a screen can export.
import { FileDown } from 'lucide-react';
import { useState } from 'react';
import type { ExportFilter, ExportTable } from '#shared/model/exports.ts';
import { Button } from '../components/button.tsx';
import { text } from '../texts/text.ts';
import { useApi } from './api.ts';
import { ExportDialog, type ExportFormat, type ExportOffer } from './export-dialog.tsx';

const tableFormats: readonly ExportFormat[] = [
  { value: 'csv', label: 'CSV' },
  { value: 'ndjson', label: 'NDJSON' },
];

type ExportListProps = {
  table: ExportTable;
  /** “The findings as listed here”. */
  what: string;
  /** Asked when the dialog opens: what the list shows at that moment, in its order. */
  filter: () => ExportFilter;
  /** How the filter reads where it has no words of its own. */
  words?: readonly string[] | undefined;
  label?: string | undefined;
  /** False while the list is still being read. */
  isReady?: boolean | undefined;
};

export function ExportListButton({
  table,
  what,
  filter,
  words,
  label = text('domain:export.open'),
  isReady = true,
}: ExportListProps) {
  const { client } = useApi();
  return (
    <ExportButton
      label={label}
      isReady={isReady}
      offer={() => {
        const asked = filter();
        return {
          what,
          words: words ?? asked.words ?? [],
          formats: tableFormats,
          start: (format) =>
            client.exported.table({ table, format: format === 'ndjson' ? 'ndjson' : 'csv', filter: asked }),
        };
      }}
    />
  );
}

type ExportButtonProps = { label: string; offer: () => ExportOffer; isReady?: boolean | undefined };

export function ExportButton({ label, offer, isReady = true }: ExportButtonProps) {
  const [open, setOpen] = useState<ExportOffer | null>(null);
  return (
    <>
      <Button size="small" icon={FileDown} disabled={!isReady} onClick={() => setOpen(offer())}>
        {label}
      </Button>
      {open !== null && <ExportDialog offer={open} onClose={() => setOpen(null)} />}
    </>
  );
}

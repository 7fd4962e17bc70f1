// Findings one by one.
import { useMemo } from 'react';
import type { ReactNode, RefObject } from 'react';
import type { Finding } from '#shared/model/finding.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { text } from '../../texts/text.ts';
import { findingColumns } from './finding-columns.tsx';
import { FindingsGrid } from './findings-grid.tsx';

type FindingListProps = {
  findings: readonly Finding[];
  detail: RefObject<HTMLElement | null>;
  empty: ReactNode;
  onOrder: (tell: () => string[]) => void;
};

export function FindingList({ findings, detail, empty, onOrder }: FindingListProps) {
  const titleOf = useDetectorTitles();
  const columns = useMemo(() => findingColumns(titleOf), [titleOf]);
  return (
    <FindingsGrid
      label={text('findings:title')}
      rows={findings}
      columns={columns}
      detail={detail}
      empty={empty}
      onOrder={onOrder}
    />
  );
}

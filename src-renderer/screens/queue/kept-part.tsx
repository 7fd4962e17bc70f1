// A part of an item in full that stays open or closed as it was left.
import type { ReactNode } from 'react';
import { DetailPart } from '../../domain/detail-part.tsx';
import { useQueueView, type DetailPart as PartName } from '../../state/queue-view.ts';

type KeptPartProps = { part: PartName; title: string; summary?: ReactNode; children: ReactNode };

export function KeptPart({ part, ...rest }: KeptPartProps) {
  const isOpen = !useQueueView((state) => state.closedParts.has(part));
  const toggle = useQueueView((state) => state.togglePart);
  return <DetailPart {...rest} isOpen={isOpen} onToggle={() => toggle(part)} />;
}

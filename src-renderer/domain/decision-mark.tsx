// A decision, and how far it has travelled, as icon and word.
import { ArrowUpRight, Ban, CircleHelp, PencilLine, ShieldCheck } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { DecisionKind, SyncState } from '#shared/model/review.ts';
import type { ChipTone } from '../components/chip.tsx';
import { Chip } from '../components/chip.tsx';
import { decisionWords, syncWords } from './decision-words.ts';

export const decisionIcons: Record<DecisionKind, LucideIcon> = {
  certify: ShieldCheck,
  revoke: Ban,
  modify: PencilLine,
  abstain: CircleHelp,
  escalate: ArrowUpRight,
};

const tones: Record<DecisionKind, ChipTone> = {
  certify: 'good',
  revoke: 'danger',
  modify: 'warning',
  abstain: 'neutral',
  escalate: 'high',
};

export function DecisionMark({ decision }: { decision: DecisionKind }) {
  return (
    <Chip icon={decisionIcons[decision]} tone={tones[decision]} title={decisionWords[decision].meaning}>
      {decisionWords[decision].past}
    </Chip>
  );
}

export function SyncMark({ sync }: { sync: SyncState }) {
  const { label, meaning, tone } = syncWords[sync];
  return (
    <Chip tone={tone} title={meaning}>
      {label}
    </Chip>
  );
}

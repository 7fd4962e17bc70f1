// How far a remediation is, as icon and word with its meaning on hover.
import {
  CircleCheckBig,
  CircleDashed,
  CircleHelp,
  ClipboardCheck,
  RotateCcw,
  Ticket,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import type { Remediation } from '#shared/model/campaign.ts';
import { Chip, type ChipTone } from '../../../components/chip.tsx';
import { stateWords } from './follow-up-words.ts';

export type FollowUpState = Remediation['state'] | 'unknown';

const looks: Readonly<Record<FollowUpState, { icon: LucideIcon; tone: ChipTone }>> = {
  open: { icon: CircleDashed, tone: 'neutral' },
  ticketed: { icon: Ticket, tone: 'info' },
  'done-unverified': { icon: ClipboardCheck, tone: 'warning' },
  'verified-removed': { icon: CircleCheckBig, tone: 'good' },
  'still-present': { icon: TriangleAlert, tone: 'high' },
  're-granted': { icon: RotateCcw, tone: 'danger' },
  unknown: { icon: CircleHelp, tone: 'neutral' },
};

export function StateMark({ state }: { state: FollowUpState }) {
  const { icon, tone } = looks[state];
  const { label, meaning } = stateWords[state];
  return (
    <Chip icon={icon} tone={tone} title={meaning}>
      {label}
    </Chip>
  );
}

// Marks of an item: a flag that a rule set, and where the item stands.
import { CircleDashed, CircleHelp, Flag, ShieldAlert, Split } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ItemFlag } from '#shared/model/campaign.ts';
import type { ListedItem } from '#shared/model/campaign-view.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import { Chip, type ChipTone } from '../../../components/chip.tsx';
import { flagWords, itemStateWords } from '../../../domain/campaign-words.ts';
import { DecisionMark } from '../../../domain/decision-mark.tsx';
import { text } from '../../../texts/text.ts';

/** What a decision says of a right, which is something else than of an action. */
export const decisionMeaning = (decision: DecisionKind): string => text(`campaignItems:meaning.${decision}`);

const urgent: ReadonlySet<ItemFlag['flag']> = new Set(['orphaned', 'privileged', 'has-findings']);

export function FlagChip({ flag: { flag, is, because } }: { flag: ItemFlag }) {
  const { label, meaning } = flagWords[flag];
  const isKnown = is === 'yes';
  const tone: ChipTone = isKnown ? (urgent.has(flag) ? 'high' : 'warning') : 'neutral';
  return (
    <Chip
      tone={tone}
      icon={isKnown ? (flag === 'privileged' ? ShieldAlert : Flag) : CircleHelp}
      title={`${meaning} ${because}`}
    >
      {isKnown ? label : text('campaigns:flag.unknown', { flag: label })}
    </Chip>
  );
}

const looks: Readonly<Record<ListedItem['state'], { tone: ChipTone; icon: LucideIcon }>> = {
  decided: { tone: 'good', icon: CircleDashed },
  open: { tone: 'info', icon: CircleDashed },
  undecided: { tone: 'warning', icon: CircleHelp },
  disagreed: { tone: 'danger', icon: Split },
  conflict: { tone: 'danger', icon: Split },
};

/** What it came to, else where it stands. */
export function StateMark({ item: { state, outcome } }: { item: Pick<ListedItem, 'state' | 'outcome'> }) {
  if (outcome !== null) return <DecisionMark decision={outcome} />;
  const { label, meaning } = itemStateWords[state];
  return (
    <Chip {...looks[state]} title={meaning}>
      {label}
    </Chip>
  );
}

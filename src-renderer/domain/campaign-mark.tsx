// A flag, a state of an item or a state of a campaign, as icon and word with its meaning on hover.
import {
  BadgeAlert,
  Bot,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleSlash,
  Copy,
  FilePlus,
  FileText,
  GitCompareArrows,
  Hourglass,
  Inbox,
  KeyRound,
  Lock,
  LockOpen,
  Radar,
  Split,
  Trash2,
  Unplug,
  UserSearch,
  UsersRound,
  type LucideIcon,
} from 'lucide-react';
import type { CampaignState, ItemFlag } from '#shared/model/campaign.ts';
import type { ListedItem } from '#shared/model/campaign-view.ts';
import { Chip, type ChipTone } from '../components/chip.tsx';
import { text } from '../texts/text.ts';
import {
  campaignStateWords,
  flagWords,
  itemStateWords,
  roleWords,
  type CampaignRole,
} from './campaign-words.ts';

type Look = { icon: LucideIcon; tone: ChipTone };

export const flagLooks: Readonly<Record<ItemFlag['flag'], Look>> = {
  duplicate: { icon: Copy, tone: 'neutral' },
  orphaned: { icon: Unplug, tone: 'danger' },
  dormant: { icon: Hourglass, tone: 'warning' },
  shared: { icon: UsersRound, tone: 'warning' },
  service: { icon: Bot, tone: 'info' },
  privileged: { icon: KeyRound, tone: 'high' },
  new: { icon: FilePlus, tone: 'info' },
  'peer-outlier': { icon: UserSearch, tone: 'warning' },
  'has-findings': { icon: Radar, tone: 'high' },
};

/** @param because what the rule looked at; stands on hover, after the meaning */
export function FlagMark({ flag, is, because }: Omit<ItemFlag, 'because'> & { because?: string }) {
  const { icon, tone } = flagLooks[flag];
  const { label, meaning } = flagWords[flag];
  const isUnknown = is === 'unknown';
  return (
    <Chip
      icon={isUnknown ? CircleDashed : icon}
      tone={isUnknown ? 'neutral' : tone}
      title={because === undefined ? meaning : `${meaning} ${because}`}
    >
      {isUnknown ? text('campaigns:flag.unknown', { flag: label }) : label}
    </Chip>
  );
}

const itemStateLooks: Readonly<Record<ListedItem['state'], Look>> = {
  decided: { icon: CircleCheck, tone: 'good' },
  open: { icon: CircleDashed, tone: 'neutral' },
  undecided: { icon: CircleSlash, tone: 'warning' },
  disagreed: { icon: Split, tone: 'danger' },
  conflict: { icon: GitCompareArrows, tone: 'danger' },
};

export function ItemStateMark({ state }: { state: ListedItem['state'] }) {
  const { icon, tone } = itemStateLooks[state];
  return (
    <Chip icon={icon} tone={tone} title={itemStateWords[state].meaning}>
      {itemStateWords[state].label}
    </Chip>
  );
}

const campaignStateLooks: Readonly<Record<CampaignState, Look>> = {
  draft: { icon: FileText, tone: 'neutral' },
  open: { icon: LockOpen, tone: 'info' },
  closed: { icon: Lock, tone: 'good' },
  'closed-incomplete': { icon: BadgeAlert, tone: 'warning' },
  discarded: { icon: Trash2, tone: 'neutral' },
};

export function CampaignStateMark({ state }: { state: CampaignState }) {
  const { icon, tone } = campaignStateLooks[state];
  return (
    <Chip icon={icon} tone={tone} title={campaignStateWords[state].meaning}>
      {campaignStateWords[state].label}
    </Chip>
  );
}

const roleIcons: Readonly<Record<CampaignRole, LucideIcon>> = { opened: CircleDot, taken: Inbox };

export function CampaignRoleMark({ role }: { role: CampaignRole }) {
  return (
    <Chip icon={roleIcons[role]} title={roleWords[role].meaning}>
      {roleWords[role].label}
    </Chip>
  );
}

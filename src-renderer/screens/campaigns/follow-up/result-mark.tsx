// What testing a drawn item showed, as icon and word.
import { CircleAlert, CircleCheck, CircleDashed, CircleSlash, type LucideIcon } from 'lucide-react';
import type { SampleItem } from '#shared/model/campaign-follow-up.ts';
import { Chip, type ChipTone } from '../../../components/chip.tsx';
import { text } from '../../../texts/text.ts';
import { testWords } from './follow-up-words.ts';

const looks: Readonly<Record<NonNullable<SampleItem['result']>, { icon: LucideIcon; tone: ChipTone }>> = {
  pass: { icon: CircleCheck, tone: 'good' },
  deviation: { icon: CircleAlert, tone: 'danger' },
  'not-testable': { icon: CircleSlash, tone: 'warning' },
};

export function ResultMark({ result }: { result: SampleItem['result'] }) {
  if (result === null) return <Chip icon={CircleDashed}>{text('campaignFollowUp:sample.untested')}</Chip>;
  const { icon, tone } = looks[result];
  return (
    <Chip icon={icon} tone={tone}>
      {testWords[result]}
    </Chip>
  );
}

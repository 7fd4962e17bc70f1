// What the frozen item itself says, and the ways from it to others like it.
import { ListChecks, ListFilter } from 'lucide-react';
import type { CampaignStatus, ListedItem } from '#shared/model/campaign-view.ts';
import { Button } from '../../../components/button.tsx';
import { Facts, type Fact } from '../../../components/facts.tsx';
import { FullValue } from '../../../components/full-value.tsx';
import { Verbatim } from '../../../components/verbatim.tsx';
import { triStateWords } from '../../../domain/campaign-words.ts';
import { inUtc, inZone } from '../../../domain/zoned-time.ts';
import { useCampaignItemsView } from '../../../state/campaign-items-view.ts';
import { text } from '../../../texts/text.ts';
import styles from './item-facts.module.css';

type ItemFactsProps = { item: ListedItem; campaign: CampaignStatus; onAlike: () => void };

export function ItemFacts({ item, campaign, onAlike }: ItemFactsProps) {
  const choose = useCampaignItemsView((state) => state.choose);
  const every = { state: 'all', isMine: false, text: '', flag: null, privileged: null } as const;
  return (
    <section aria-label={text('campaignItems:facts.title')}>
      <h3>{text('campaignItems:facts.title')}</h3>
      <Facts facts={factsOf(item, campaign.zone)} />
      <div className={styles.ways}>
        <Button
          size="small"
          icon={ListFilter}
          onClick={() => choose({ ...every, subject: item.subject, entitlement: null })}
        >
          {text('campaignItems:facts.ofSubject')}
        </Button>
        <Button
          size="small"
          icon={ListFilter}
          onClick={() => choose({ ...every, subject: null, entitlement: item.entitlement })}
        >
          {text('campaignItems:facts.ofRight')}
        </Button>
        <Button size="small" icon={ListChecks} keyHint="X" onClick={onAlike}>
          {text('campaignItems:facts.checkAlike')}
        </Button>
      </div>
    </section>
  );
}

/** What is looked for first. */
export function ShortFacts({ item, zone }: { item: ListedItem; zone: string }) {
  return <Facts columns={2} facts={telling(item, zone)} />;
}

function telling(item: ListedItem, zone: string): Fact[] {
  return [
    { name: text('campaignItems:facts.lastUsed'), value: <Moment at={item.lastUsedAt} zone={zone} /> },
    { name: text('campaignItems:facts.privileged'), value: triStateWords[item.privileged] },
    { name: text('campaignItems:facts.granted'), value: <Moment at={item.grantedAt} zone={zone} /> },
    {
      name: text('campaignItems:facts.uses'),
      value:
        item.usesInPeriod === null
          ? text('campaignItems:unknown')
          : text('campaignItems:uses', { count: item.usesInPeriod }),
    },
  ];
}

function factsOf(item: ListedItem, zone: string): Fact[] {
  const fact = (name: Parameters<typeof text>[0], value: string | null): Fact => ({
    name: text(name),
    value: <Verbatim value={value} missing={text('campaignItems:unknown')} />,
  });
  const right = text('campaignItems:facts.right');
  return [
    { name: right, value: <FullValue name={right} value={item.entitlement} /> },
    fact('campaignItems:facts.subject', item.subject),
    ...(item.subjectName === null ? [] : [fact('campaignItems:facts.name', item.subjectName)]),
    fact('campaignItems:facts.type', item.subjectType),
    ...(item.resource === null ? [] : [fact('campaignItems:facts.resource', item.resource)]),
    ...telling(item, zone),
    ...(item.manager === null ? [] : [fact('campaignItems:facts.manager', item.manager)]),
    ...(item.owner === null ? [] : [fact('campaignItems:facts.owner', item.owner)]),
    { name: text('campaignItems:facts.because'), value: item.because },
    { name: text('campaignItems:facts.key'), value: <code>{item.key}</code> },
  ];
}

/** What the freeze could not read as a time stands as the source wrote it. */
function Moment({ at, zone }: { at: string | null; zone: string }) {
  if (at === null) return <>{text('campaignItems:unknown')}</>;
  if (!/^\d{4}-\d\d-\d\dT/.test(at)) return <Verbatim value={at} />;
  return (
    <time dateTime={at} title={inUtc(at)}>
      {inZone(at, zone)}
    </time>
  );
}

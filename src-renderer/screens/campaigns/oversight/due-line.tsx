// One thing due: what it is, of which campaign, when, how late, and the way there.
import {
  CalendarPlus,
  CircleCheck,
  ClipboardCheck,
  Clock,
  Hourglass,
  TriangleAlert,
  UsersRound,
  Wrench,
  type LucideIcon,
} from 'lucide-react';
import type { DueEntry, DueKind } from '#shared/model/campaign-calendar.ts';
import { Button } from '../../../components/button.tsx';
import { Chip, type ChipTone } from '../../../components/chip.tsx';
import { visibleText } from '../../../components/visible-text.ts';
import { listWords } from '../../../domain/count-words.ts';
import { dueDayWords, tellingWords } from '../../../domain/due-words.ts';
import { useToday } from '../../../domain/use-today.ts';
import { inUtc } from '../../../domain/zoned-time.ts';
import { useCampaignStart } from '../../../state/campaign-start.ts';
import { Rich } from '../../../texts/rich.tsx';
import { text } from '../../../texts/text.ts';
import type { CampaignPlace, CampaignSection } from '../campaign-place.ts';
import styles from './calendar-section.module.css';
import { weekdayName } from './local-date.ts';

const icons: Readonly<Record<DueKind, LucideIcon>> = {
  'open-campaign': CalendarPlus,
  decisions: ClipboardCheck,
  remediation: Wrench,
  'delegation-ends': UsersRound,
};

const sections: Readonly<Record<DueKind, CampaignSection>> = {
  'open-campaign': 'about',
  decisions: 'items',
  remediation: 'remediation',
  'delegation-ends': 'people',
};

type DueLineProps = {
  entry: DueEntry;
  /** The next of its series, which is not drafted yet. */
  canStart: boolean;
  /** A draft that is to be opened. */
  isDraft: boolean;
  onGo: (place: CampaignPlace) => void;
};

export function DueLine({ entry, canStart, isDraft, onGo }: DueLineProps) {
  const { kind, campaign, campaignName, date, zone, until, standing, detail, skipped = [] } = entry;
  const Icon = icons[kind];
  const what = text(`campaignOversight:calendar.kind.${kind}`);
  const name = visibleText(campaignName);
  const telling = tellingWords(entry);
  const isDone = standing === 'done';
  return (
    <li className={`${styles.entry} ${isDone ? styles.over : ''}`}>
      <span className={styles.date} aria-hidden="true">
        <span className={styles.day}>{Number(date.slice(8))}</span>
        <span>{weekdayName(date)}</span>
      </span>
      <div className={styles.words}>
        <p className={styles.what}>
          <Icon size={15} aria-hidden="true" />
          <span>
            {what} <Rich of="campaignOversight:calendar.of" parts={{ name: <strong>{name}</strong> }} />
          </span>
        </p>
        <p className={styles.note}>
          <time dateTime={date} title={inUtc(until)}>
            {text('campaignOversight:calendar.dueOn', { weekday: weekdayName(date), date, zone })}
          </time>
        </p>
        {skipped.length > 0 && (
          <p className={styles.note}>
            {text('campaignOversight:calendar.skipped', { days: listWords(skipped) })}
          </p>
        )}
        {kind === 'remediation' && <p className={styles.note}>{visibleText(detail)}</p>}
        <p className={styles.chips}>
          <DueMark entry={entry} />
          {telling !== '' && <span className={styles.note}>{telling}</span>}
        </p>
      </div>
      {kind === 'open-campaign' && canStart && !isDraft ? (
        <Button
          size="small"
          aria-label={text('campaignOversight:calendar.startLabel', { name })}
          onClick={() => {
            useCampaignStart.setState({ from: campaign });
            onGo({ at: 'new' });
          }}
        >
          {text('campaignOversight:calendar.start')}
        </Button>
      ) : (
        (kind !== 'open-campaign' || (canStart && isDraft)) && (
          <Button
            size="small"
            aria-label={text('campaignOversight:calendar.goLabel', { what, name })}
            onClick={() => onGo({ at: 'campaign', id: campaign, section: sections[kind] })}
          >
            {text('campaignOversight:calendar.go')}
          </Button>
        )
      )}
    </li>
  );
}

const looks: Readonly<Record<DueEntry['standing'], { icon: LucideIcon; tone: ChipTone }>> = {
  overdue: { icon: TriangleAlert, tone: 'danger' },
  'due-soon': { icon: Hourglass, tone: 'high' },
  upcoming: { icon: Clock, tone: 'neutral' },
  done: { icon: CircleCheck, tone: 'good' },
};

function DueMark({ entry }: { entry: DueEntry }) {
  const today = useToday(entry.zone);
  if (entry.standing === 'done')
    return <Chip {...looks.done}>{text('campaignOversight:calendar.isDone')}</Chip>;
  return <Chip {...looks[entry.standing]}>{dueDayWords(entry, today)}</Chip>;
}

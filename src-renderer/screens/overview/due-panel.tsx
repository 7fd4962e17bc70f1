// What of the campaigns is overdue or due within a week, and how far the daily review is; nothing where neither is in use.
import { useQuery } from '@tanstack/react-query';
import { placeOfDue, type DueEntry } from '#shared/model/campaign-calendar.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { dateAfter, localDaysOf } from '#shared/time/local-days.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { Panel } from '../../components/panel.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { dueDayWords } from '../../domain/due-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useToday } from '../../domain/use-today.ts';
import { useZone } from '../../domain/workspace-status.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './due-panel.module.css';

const days = 7;
const mostEntries = 5;

/** @param onCampaigns goes to a place of the campaigns, by its address behind the screen */
export function DuePanel({ onCampaigns }: { onCampaigns: (rest: string) => void }) {
  const { orpc } = useApi();
  const calendar = useQuery(orpc.campaignOversight.calendar.queryOptions({ input: { days } }));
  const due = (calendar.data?.entries ?? [])
    .filter(({ standing }) => standing === 'overdue' || standing === 'due-soon')
    .toSorted((a, b) => b.overdueDays - a.overdueDays);
  const daily = useDailyReview();
  const hasCampaigns = (calendar.data?.entries.length ?? 0) > 0;
  if (calendar.error === null && !hasCampaigns && daily === null) return null;
  return (
    <Panel
      title={text('overview:due.title')}
      actions={
        <Button size="small" weight="quiet" onClick={() => onCampaigns('calendar')}>
          {text('overview:due.calendar')}
        </Button>
      }
    >
      <ProblemNotice error={calendar.error} />
      {hasCampaigns && due.length === 0 && <p className={styles.none}>{text('overview:due.none')}</p>}
      <ul className={styles.entries}>
        {due.slice(0, mostEntries).map((entry) => (
          <DueEntryLine key={entry.uid} entry={entry} onGo={() => onCampaigns(placeOfDue(entry))} />
        ))}
        {due.length > mostEntries && (
          <li className={styles.none}>{text('overview:due.more', { count: due.length - mostEntries })}</li>
        )}
        {daily !== null && (
          <li className={styles.entry}>
            <div className={styles.words}>
              <p>
                <Rich
                  of="overview:due.through"
                  parts={{ through: <InstantText instant={daily.through} /> }}
                />
              </p>
              {daily.covered > 0 && (
                <p className={styles.none}>{text('overview:due.toRecord', { count: daily.covered })}</p>
              )}
            </div>
            <Button size="small" onClick={() => onCampaigns('daily')}>
              {text('overview:due.daily')}
            </Button>
          </li>
        )}
      </ul>
    </Panel>
  );
}

/** As many days back as are looked at for some that wait to be put on record. */
const daysBack = 31;

/** Null where no day was ever put on record. */
function useDailyReview(): { through: string; covered: number } | null {
  const { orpc } = useApi();
  const zone = useZone();
  const today = useToday(zone);
  const { data } = useQuery(
    orpc.campaignOversight.standing.queryOptions({
      input: { from: dateAfter(today, -daysBack), to: today, zone },
    }),
  );
  if (data === undefined || data.watermark === null) return null;
  const { through, since } = data.watermark;
  const first = localDaysOf(zone).dateAt(parseInstant(since));
  const covered = data.days.filter(({ standing, date }) => standing === 'covered' && date >= first);
  return { through, covered: covered.length };
}

function DueEntryLine({ entry, onGo }: { entry: DueEntry; onGo: () => void }) {
  const { kind, campaignName, standing, zone } = entry;
  const today = useToday(zone);
  const what = text(`campaignOversight:calendar.kind.${kind}`);
  const name = visibleText(campaignName);
  return (
    <li className={styles.entry}>
      <div className={styles.words}>
        <p>
          {what} <Rich of="overview:due.of" parts={{ name: <strong>{name}</strong> }} />
        </p>
        <p>
          <Chip tone={standing === 'overdue' ? 'danger' : 'high'}>{dueDayWords(entry, today)}</Chip>
        </p>
      </div>
      <Button size="small" aria-label={text('overview:due.goLabel', { what, name })} onClick={onGo}>
        {text('overview:due.go')}
      </Button>
    </li>
  );
}

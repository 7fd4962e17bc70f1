// What the actor usually does: ninety days, and the week by hours with the hour of this event in it.
import { useMemo } from 'react';
import type { ReviewContext } from '#shared/model/decision-context.ts';
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { DayColumns } from '../../charts/day-columns.tsx';
import { DayLegend } from '../../charts/day-legend.tsx';
import { heatPaint } from '../../charts/heat-colour.ts';
import { hourOfWeekWords } from '../../charts/hours-of-week.ts';
import { MiniWeek } from '../../charts/mini-week.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { InstantText } from '../../domain/instant.tsx';
import { useTheme } from '../../state/theme.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './context-parts.module.css';
import { KeptPart } from './kept-part.tsx';

const mostOfAction = 40;

export function UsualPart({ context }: { context: ReviewContext }) {
  const { usual, action, at } = context;
  const marked = useMemo(
    () => (at === null ? null : hourOfWeekIn(usual.zone)(Math.floor(parseInstant(at) / microsecondsPerSlot))),
    [at, usual.zone],
  );
  return (
    <KeptPart
      part="usual"
      title={text('queue:usual.title')}
      summary={text('queue:usual.summary', { all: usual.total, same: usual.sameTotal })}
    >
      <p className={styles.words}>
        <Rich
          of="queue:usual.words"
          values={{
            days: usual.days.length,
            all: text('queue:usual.events', { count: usual.total }),
            same: usual.sameTotal,
          }}
          parts={{ action: <Verbatim value={action} most={mostOfAction} /> }}
        />{' '}
        {usual.firstSeen !== null && (
          <Rich of="queue:usual.firstSeen" parts={{ first: <InstantText instant={usual.firstSeen} /> }} />
        )}
      </p>
      <DayColumns
        days={usual.days}
        label={text('queue:usual.chart', { days: usual.days.length })}
        titleOf={({ day, all, same }) =>
          all === null
            ? text('queue:usual.dayGap', { day })
            : text('queue:usual.day', { day, all, same: same ?? 0 })
        }
      />
      <DayLegend
        keys={[
          { of: 'all', words: text('queue:usual.keyAll') },
          { of: 'same', words: <Verbatim value={action} most={mostOfAction} /> },
          {
            of: 'gap',
            isDrawn: usual.days.some(({ all }) => all === null),
            words: text('queue:usual.keyGap'),
          },
          { of: 'mark', words: text('queue:usual.keyMark') },
        ]}
      />
      <Weeks context={context} marked={marked} />
    </KeptPart>
  );
}

function Weeks({ context: { usual, action }, marked }: { context: ReviewContext; marked: number | null }) {
  const theme = useTheme((state) => state.theme);
  const [allPaint, samePaint] = useMemo(
    () => [usual.week, usual.sameWeek].map((week) => heatPaint(theme, 'log', Math.max(0, ...week))),
    [theme, usual.week, usual.sameWeek],
  );
  if (allPaint === undefined || samePaint === undefined) return null;
  const hour = marked === null ? null : hourOfWeekWords(marked);
  const atHour = (week: readonly number[]) => (marked === null ? 0 : (week[marked] ?? 0));
  const label = (name: string, week: readonly number[]) =>
    hour === null
      ? text('queue:usual.week', { name })
      : text('queue:usual.weekMarked', {
          name,
          hour,
          events: text('queue:usual.events', { count: atHour(week) }),
        });
  const all = text('queue:usual.allActions');
  return (
    <>
      <div className={styles.weeks}>
        <div>
          <p className={styles.caption}>{all}</p>
          <MiniWeek counts={usual.week} paint={allPaint} marked={marked} label={label(all, usual.week)} />
        </div>
        <div>
          <p className={styles.caption}>
            <Verbatim value={action} most={mostOfAction} />
          </p>
          <MiniWeek
            counts={usual.sameWeek}
            paint={samePaint}
            marked={marked}
            label={label(visibleText(action), usual.sameWeek)}
          />
        </div>
      </div>
      {hour !== null && (
        <p className={styles.words}>
          <Rich
            of="queue:usual.atHour"
            values={{ hour, zone: usual.zone, all: atHour(usual.week), same: atHour(usual.sameWeek) }}
            parts={{ action: <Verbatim value={action} most={mostOfAction} /> }}
          />
        </p>
      )}
    </>
  );
}

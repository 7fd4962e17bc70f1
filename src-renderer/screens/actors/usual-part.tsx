// What is usual for an actor: the days, and the hours of the week with how often each is busy.
import { useMemo } from 'react';
import type { ActorProfile, BaselineHour } from '#shared/model/actor-profile.ts';
import { DayColumns } from '../../charts/day-columns.tsx';
import { heatPaint } from '../../charts/heat-colour.ts';
import { hourOfWeekWords, weekdayShortNames } from '../../charts/hours-of-week.ts';
import { MiniWeek } from '../../charts/mini-week.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { formatMeasure } from '../../domain/count-words.ts';
import { useTheme } from '../../state/theme.ts';
import { text } from '../../texts/text.ts';
import styles from './actor-profile-pane.module.css';

const hours = Array.from({ length: 24 }, (_, hour) => hour);

export function UsualPart({ profile: { usual, baseline } }: { profile: ActorProfile }) {
  const theme = useTheme((state) => state.theme);
  // An hour that has not come round yet is a gap and not a zero.
  const counts = useMemo(
    () => baseline.map((hour) => (hour.hours === 0 ? Number.NaN : hour.events)),
    [baseline],
  );
  const paint = useMemo(
    () => heatPaint(theme, 'log', Math.max(0, ...baseline.map(({ events }) => events))),
    [theme, baseline],
  );
  const words = weekWords(baseline);
  return (
    <section aria-label={text('actors:usual.title')}>
      <h3>{text('actors:usual.title')}</h3>
      <p>
        {text('actors:usual.days', {
          days: usual.days.length,
          known: usual.days.filter(({ all }) => all !== null).length,
          events: text('actors:events', { count: usual.total }),
        })}
      </p>
      <DayColumns
        days={usual.days.map(({ day, all }) => ({ day, all, same: 0 }))}
        label={text('actors:usual.dayChart', { days: usual.days.length })}
        titleOf={({ day, all }) =>
          all === null
            ? text('actors:usual.dayGap', { day })
            : text('actors:usual.day', { day, events: text('actors:events', { count: all }) })
        }
      />
      <p>{words}</p>
      <div className={styles.week}>
        <MiniWeek counts={counts} paint={paint} label={text('actors:usual.week', { words })} />
      </div>
      <p className={styles.note}>{text('actors:usual.legend', { zone: usual.zone })}</p>
      <details className={styles.details}>
        <summary>{text('actors:usual.asTable')}</summary>
        <WeekTable baseline={baseline} />
      </details>
    </section>
  );
}

function weekWords(baseline: readonly BaselineHour[]): string {
  const known = baseline.filter(({ mean }) => mean !== null);
  const busiest = known.reduce<BaselineHour | null>(
    (most, hour) => (most === null || (hour.mean ?? 0) > (most.mean ?? 0) ? hour : most),
    null,
  );
  if (busiest === null || busiest.events === 0) return text('actors:usual.nothing');
  return text('actors:usual.busiest', {
    hour: hourOfWeekWords(busiest.hourOfWeek),
    mean: formatMeasure(busiest.mean ?? 0),
    active: busiest.activeHours,
    hours: busiest.hours,
    quiet: known.filter(({ events }) => events === 0).length,
  });
}

function WeekTable({ baseline }: { baseline: readonly BaselineHour[] }) {
  return (
    <ScrollRegion label={text('actors:usual.asTable')}>
      <table className={`${styles.table} ${styles.hours}`} aria-label={text('actors:usual.asTable')}>
        <thead>
          <tr>
            <th scope="col">{text('actors:usual.hour')}</th>
            {weekdayShortNames().map((day) => (
              <th key={day} scope="col" className={styles.count}>
                {day}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((hour) => (
            <tr key={hour}>
              <th scope="row">{`${String(hour).padStart(2, '0')}:00`}</th>
              {weekdayShortNames().map((day, place) => {
                const mean = baseline[place * 24 + hour]?.mean ?? null;
                return <td key={day}>{mean === null ? text('actors:unknown') : formatMeasure(mean)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

// A month of days by how they stand: icon, word and number of events; arrow keys go from day to day, also into other months.
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { StandingDay } from '#shared/model/daily-review.ts';
import { dateAfter } from '#shared/time/local-days.ts';
import { Button } from '../../../components/button.tsx';
import { Spoken } from '../../../components/spoken.tsx';
import { formatCount } from '../../../domain/count-words.ts';
import { text } from '../../../texts/text.ts';
import { monthAfter, monthName, monthOf, weekdayName, weekdayNames, weeksOf } from './local-date.ts';
import styles from './month-grid.module.css';
import { standingLooks } from './standing-looks.ts';

type MonthGridProps = {
  month: string;
  days: ReadonlyMap<string, StandingDay>;
  today: string;
  chosen: string;
  onChoose: (date: string) => void;
};

export function MonthGrid({ month, days, today, chosen, onChoose }: MonthGridProps) {
  const grid = useRef<HTMLTableElement>(null);
  const movedTo = useRef<string | null>(null);
  useEffect(() => {
    if (movedTo.current !== chosen) return;
    movedTo.current = null;
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [chosen]);
  const move = (event: KeyboardEvent) => {
    const to = steppedTo(event.key, chosen);
    if (to === null) return;
    event.preventDefault();
    movedTo.current = to;
    onChoose(to);
  };
  const name = monthName(month);
  const keysId = `keys-of-${month}`;
  return (
    <div className={styles.month}>
      <div className={styles.head}>
        <Button
          size="small"
          icon={ChevronLeft}
          aria-label={text('campaignOversight:daily.before')}
          onClick={() => onChoose(sameDay(chosen, -1))}
        />
        <h3 aria-live="polite">{name}</h3>
        <Button
          size="small"
          icon={ChevronRight}
          aria-label={text('campaignOversight:daily.next')}
          onClick={() => onChoose(sameDay(chosen, 1))}
        />
        <Button size="small" onClick={() => onChoose(today)}>
          {text('campaignOversight:daily.today')}
        </Button>
      </div>
      <table
        ref={grid}
        className={styles.grid}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a grid is a table with a selection
        role="grid"
        aria-label={text('campaignOversight:daily.month', { month: name })}
        aria-describedby={keysId}
        onKeyDown={move}
      >
        <thead>
          <tr>
            {weekdayNames().map((weekday, place) => (
              <th key={weekday} scope="col" abbr={weekday}>
                {weekdayName(dateAfter('2026-11-16', place))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week[0]}>
              {week.map((date) => (
                <DayCell
                  key={date}
                  date={date}
                  day={days.get(date)}
                  isOther={monthOf(date) !== month}
                  isToday={date === today}
                  isChosen={date === chosen}
                  onChoose={() => onChoose(date)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p id={keysId} className={styles.keys}>
        {text('campaignOversight:daily.keys')}
      </p>
    </div>
  );
}

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
};

function steppedTo(key: string, date: string): string | null {
  if (key === 'PageUp') return sameDay(date, -1);
  if (key === 'PageDown') return sameDay(date, 1);
  const step = steps[key];
  return step === undefined ? null : dateAfter(date, step);
}

/** The same day of another month, or its last. */
function sameDay(date: string, months: number): string {
  const month = monthAfter(monthOf(date), months);
  const last = dateAfter(`${monthAfter(month, 1)}-01`, -1);
  const same = `${month}${date.slice(7)}`;
  return same < last ? same : last;
}

type DayCellProps = {
  date: string;
  day: StandingDay | undefined;
  isOther: boolean;
  isToday: boolean;
  isChosen: boolean;
  onChoose: () => void;
};

function DayCell({ date, day, isOther, isToday, isChosen, onChoose }: DayCellProps) {
  const standing = day?.standing;
  const look = standing && standingLooks[standing];
  const words = standing && text(`campaignOversight:daily.standing.${standing}`);
  const Icon = look?.icon;
  const classes = [styles.day, isOther && styles.other, isToday && styles.today, look && styles[look.tone]];
  return (
    <td aria-selected={isChosen}>
      <button
        type="button"
        className={classes.filter(Boolean).join(' ')}
        tabIndex={isChosen ? 0 : -1}
        onClick={onChoose}
      >
        <span className={styles.first}>
          <Spoken>{isToday ? `${date} (${text('campaignOversight:daily.isToday')})` : date}</Spoken>
          <span className={styles.number} aria-hidden="true">
            {Number(date.slice(8))}
          </span>
          {Icon !== undefined && <Icon size={14} aria-hidden="true" />}
        </span>
        <span className={styles.standing}>{words}</span>
        {day !== undefined && day.events > 0 && (
          <span className={styles.events}>
            <span aria-hidden="true">{formatCount(day.events)}</span>
            <Spoken>{text('campaignOversight:daily.events', { count: day.events })}</Spoken>
          </span>
        )}
      </button>
    </td>
  );
}

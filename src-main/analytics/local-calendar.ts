// What an hour since the epoch was called where people lived it: date, weekday, hour of day.

export interface LocalHour {
  /** 0–23. */
  readonly hour: number;
  /** Saturday, Sunday, or one of the holidays. */
  readonly isWeekend: boolean;
  /** YYYY-MM-DD. */
  readonly date: string;
  /** 0 is Monday. */
  readonly weekday: number;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * Returns a function from hours since the epoch to the local hour in which that hour starts. Clock changes need no special
 * case: an hour that happens twice is two hours with the same name.
 * @param holidays local dates that count as weekend.
 */
export function localCalendar(zone: string, holidays: ReadonlySet<string>): (hour: number) => LocalHour {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const known = new Map<number, LocalHour>();
  return (hour) => {
    const cached = known.get(hour);
    if (cached !== undefined) return cached;
    const parts = new Map(format.formatToParts(hour * 3_600_000).map(({ type, value }) => [type, value]));
    const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
    const weekday = weekdays.indexOf(parts.get('weekday') ?? '');
    const result = {
      hour: Number(parts.get('hour')),
      isWeekend: weekday >= 5 || holidays.has(date),
      date,
      weekday,
    };
    known.set(hour, result);
    return result;
  };
}

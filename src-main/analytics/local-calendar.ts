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
  const nameOf = namesIn(zone);
  if (holidays.size === 0) return nameOf;
  const known = new Map<number, LocalHour>();
  return (hour) => {
    const cached = known.get(hour);
    if (cached !== undefined) return cached;
    const named = nameOf(hour);
    const result = holidays.has(named.date) ? { ...named, isWeekend: true } : named;
    known.set(hour, result);
    return result;
  };
}

/** What an hour is called never changes, and to find out takes longer than all that is done with it. */
const calendars = new Map<string, (hour: number) => LocalHour>();
const mostZones = 4;
/** Eleven years; whoever asks about more begins again. */
const mostHours = 100_000;

function namesIn(zone: string): (hour: number) => LocalHour {
  const made = calendars.get(zone);
  if (made) return made;
  const name = hourNamer(zone);
  const known = new Map<number, LocalHour>();
  const nameOf = (hour: number) => {
    const cached = known.get(hour);
    if (cached !== undefined) return cached;
    if (known.size >= mostHours) known.clear();
    const result = name(hour);
    known.set(hour, result);
    return result;
  };
  if (calendars.size >= mostZones) calendars.clear();
  calendars.set(zone, nameOf);
  return nameOf;
}

function hourNamer(zone: string): (hour: number) => LocalHour {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  return (hour) => {
    const parts = new Map(format.formatToParts(hour * 3_600_000).map(({ type, value }) => [type, value]));
    const weekday = weekdays.indexOf(parts.get('weekday') ?? '');
    return {
      hour: Number(parts.get('hour')),
      isWeekend: weekday >= 5,
      date: `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`,
      weekday,
    };
  };
}

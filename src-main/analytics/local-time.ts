// Prints an hour both as people there knew it and in UTC.

const hourMs = 3_600_000;

/** “on Mon 2 Nov 2026, 02:00–03:00 (Europe/Berlin; 01:00–02:00 UTC)”. `hour` counts hours since the epoch. */
export function hoursLocal(hour: number, zone: string): string {
  const start = hour * hourMs;
  const utc = `${clockIn(start, 'UTC')}–${clockIn(start + hourMs, 'UTC')} UTC`;
  const day = dayIn(start, zone);
  if (zone === 'UTC') return `on ${day}, ${utc}`;
  return `on ${day}, ${clockIn(start, zone)}–${clockIn(start + hourMs, zone)} (${zone}; ${utc})`;
}

/** “Mon 2 Nov 2026”. */
export function dayIn(milliseconds: number, zone: string): string {
  return formatsOf(zone).day.format(milliseconds).replace(',', '');
}

/** “14:07”. */
export function clockIn(milliseconds: number, zone: string): string {
  return formatsOf(zone).clock.format(milliseconds);
}

type Formats = { readonly day: Intl.DateTimeFormat; readonly clock: Intl.DateTimeFormat };

/** Making a format costs a hundred times what using it does. */
const formats = new Map<string, Formats>();

function formatsOf(timeZone: string): Formats {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = {
    day: new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    }),
    clock: new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
  };
  formats.set(timeZone, made);
  return made;
}

// Times in an allowed-signers file: YYYYMMDD or YYYYMMDDHHMM[SS], in UTC with a trailing Z, else in a local zone.

const pattern = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(Z|UTC)?$/i;

/** Milliseconds by which the wall clock of `zone` is ahead of UTC at an instant. */
function zoneOffset(zone: string, milliseconds: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(milliseconds);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(milliseconds / 1000) * 1000;
}

/**
 * Reads such a time into whole seconds since the epoch, or null when it is none.
 * @param zone IANA zone in which a time without Z is meant.
 */
export function parseSignerTime(text: string, zone: string): number | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((digits) => Number(digits ?? 0));
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(wall);
  const exists =
    back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!exists || year < 1970) return null;
  if (match[7] !== undefined) return wall / 1000;
  const guess = wall - zoneOffset(zone, wall);
  return (wall - zoneOffset(zone, guess)) / 1000;
}

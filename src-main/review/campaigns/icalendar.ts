// Writes a calendar as an iCalendar file (RFC 5545): moments in UTC, so that no program has to know the campaign's zone.
import type { DueEntry } from '#shared/model/campaign-calendar.ts';

const mostOctets = 75;

/**
 * The text of an .ics file. Each entry is an event over its whole local day, which is 23 or 25 hours where clocks change; its UID
 * is that of the entry, so that a calendar which takes the file in again changes events instead of adding them.
 * @param madeAt an instant, for DTSTAMP
 */
export function iCalendarOf(entries: readonly DueEntry[], madeAt: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Countersign//Access reviews//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...entries.flatMap((entry) => eventLines(entry, madeAt)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${foldLine(line)}\r\n`).join('');
}

function eventLines(entry: DueEntry, madeAt: string): string[] {
  const { uid, title, detail, date, zone, standing, overdueDays, campaignName } = entry;
  const mark = standing === 'done' ? 'Done: ' : standing === 'overdue' ? `Overdue (${overdueDays} d): ` : '';
  const until = `Until the end of ${date} in ${zone} (before ${entry.until}).`;
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(uid)}@countersign`,
    `DTSTAMP:${utcForm(madeAt)}`,
    `DTSTART:${utcForm(entry.from)}`,
    `DTEND:${utcForm(entry.until)}`,
    `SUMMARY:${escapeText(mark + title)}`,
    `DESCRIPTION:${escapeText(`${detail}\n${until}`)}`,
    `CATEGORIES:${escapeText(campaignName)}`,
    'TRANSP:TRANSPARENT',
    ...(standing === 'done' ? [] : alarmLines(title)),
    'END:VEVENT',
  ];
}

const alarmLines = (title: string): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `DESCRIPTION:${escapeText(title)}`,
  'TRIGGER:-P1D',
  'END:VALARM',
];

/** `20261116T080000Z`; parts of a second are left out. */
function utcForm(at: string): string {
  return `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** A TEXT value (RFC 5545, 3.3.11); control characters other than line breaks have no form and are left out. */
export function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n]/gu, '')
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll('\n', '\\n');
}

/** Folds a line after at most 75 octets (RFC 5545, 3.1), never inside a character. */
export function foldLine(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character, 'utf8');
    if (octets + size > mostOctets) {
      pieces.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n');
}

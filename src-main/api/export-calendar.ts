// The calendar of campaigns as an iCalendar file, exported like every other list.
import type { ListExport } from '#shared/model/exports.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { writeLines } from '../evidence/exports/write-file.ts';
import { calendarOf } from '../review/campaigns/calendar.ts';
import { iCalendarOf } from '../review/campaigns/icalendar.ts';
import type { Workstation } from '../workstation.ts';
import { finishExport, newFile } from './export-record.ts';
import type { JobContext } from './jobs.ts';

/** The job that writes what is due up to so many days from now; what it wrote is one entry of the ledger. */
export function exportCalendarWork(workstation: Workstation, days: number) {
  return async ({ progress }: JobContext): Promise<ListExport> => {
    progress('Writing the calendar', 0, null, '');
    const nowMs = workstation.clock.nowMs();
    const { entries } = calendarOf(workstation.ledger.state().campaigns.byId.values(), nowMs, days);
    const file = newFile(workstation.exportsDirectory, 'calendar', 'ics', nowMs * 1000);
    const text = iCalendarOf(entries, formatInstant(nowMs * 1000));
    const { sha256, bytes } = await writeLines(file, text, [], async () => undefined);
    const finished = {
      what: 'calendar',
      format: 'ics',
      file,
      sha256,
      bytes,
      rows: entries.length,
      rowsCounted: null,
      filter: { words: [`Only what is due within ${days} days, and everything before.`] },
    };
    return finishExport(workstation, finished, nowMs * 1000);
  };
}

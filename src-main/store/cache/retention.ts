// Removes what is older than the workspace keeps. Counts, findings and events kept whole stay.
import type { DatabaseHandle } from '../database.ts';
import { run } from '../query.ts';

/** Removes segments whose last event lies before an instant; returns how many. Belongs after their days were judged. */
export function removeSegmentsBefore(database: DatabaseHandle, microseconds: number): number {
  return database
    .transaction(() => {
      run(database, 'UPDATE mirror_revision SET days = days + 1');
      return run(
        database,
        'DELETE FROM segment WHERE last_us < ? AND day NOT IN (SELECT day FROM pending_day)',
        microseconds,
      );
    })
    .immediate();
}

// Laws about review rows that were created for privileged events: announced first, and each event has one, whoever creates.
import { z } from 'zod';
import type { ServerContent } from './audit-server.ts';
import { privilegedEvents } from './audit-tables.ts';
import type { Report, ToldWithBooks } from './told.ts';

const creation = z.object({ step: z.string(), rows: z.array(z.looseObject({ review: z.string() })) });

export function checkCreated(
  told: readonly ToldWithBooks[],
  { rows, changes }: ServerContent,
  report: Report,
): void {
  const inserted = changes.filter(({ source, how }) => source === 'reviews' && how === 'INSERT');
  const leaving = new Set(
    told.flatMap(({ books }) =>
      books.everyEntry
        .filter(({ type }) => type === 'review-created')
        .map(({ payload }) => creation.parse(payload))
        .filter(({ step }) => step === 'leaving')
        .flatMap((created) => created.rows.map(({ review }) => review)),
    ),
  );
  for (const { row } of inserted)
    if (!leaving.has(row)) report('a review was created without having been announced', row);
  if (new Set(inserted.map(({ row }) => row)).size !== inserted.length)
    report('a review was created twice', inserted.map(({ row }) => row).join());
  const created = rows.filter(({ id }) => inserted.some(({ row }) => row === id));
  for (const [event, about] of Map.groupBy(created, (row) => row.event)) {
    if (about.length > 1) report('an event has more than one created review', `${event}: ${about.length}`);
  }
  if (told.some(({ hasCreated }) => hasCreated) && created.length !== privilegedEvents)
    report('a creation went through and reviews are missing', `${created.length} of ${privilegedEvents}`);
}

// `countersign reviews create`: gives privileged events the review rows they lack.
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { createReviewsWork } from '../../api/create-reviews.ts';
import { text, type CommandContext, type Outcome } from './command.ts';
import { table } from './print.ts';

export async function createMissingReviews({ values, workstation, run }: CommandContext): Promise<Outcome> {
  const from = text(values, 'from');
  const json = await run(
    createReviewsWork(await workstation(), {
      dryRun: values['dry-run'] === true,
      ...(from === undefined ? {} : { from: formatInstant(parseInstant(from)) }),
    }),
  );
  const { missing, created, present, refused, waiting, gone, items } = json;
  const summary = json.dryRun
    ? `${missing} would be added, ${refused} cannot be, ${gone} are about events that are gone.`
    : `${created} added, ${present} were there, ${refused} refused, ${waiting} to be tried again, ${gone} about events that are gone.`;
  const list = table(items, ['outcome', 'review', 'action', 'actor', 'createdAt', 'dueAt', 'detail']);
  return {
    json,
    text: items.length === 0 ? 'Every privileged event has a review.' : `${list}\n\n${summary}`,
  };
}

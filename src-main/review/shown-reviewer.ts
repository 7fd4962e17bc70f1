// Whom a screen showed as the reviewer when somebody acted: what a call does is theirs, or it is not done at all.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Problem } from '#shared/model/problem.ts';
import type { Reviewer } from '#shared/model/reviewer.ts';

const shown = new AsyncLocalStorage<string>();

/**
 * Runs work, and whatever it starts, as an act of the reviewer who was on screen.
 * @param as Reviewer id; undefined where the door showed none, as the command line does.
 */
export function actingAs<T>(as: string | undefined, work: () => T): T {
  return as === undefined ? work() : shown.run(as, work);
}

/**
 * Asked under the ledger's lock, because another door may change the reviewer at any moment.
 * @throws Problem `conflict` when another reviewer was on screen than the workspace has now
 */
export function assertShown(reviewer: Reviewer): void {
  const as = shown.getStore();
  if (as === undefined || as === reviewer.id) return;
  throw new Problem(
    'conflict',
    `The reviewer of this workspace is now ${reviewer.name}. Nothing was recorded.`,
    {
      next: 'Look again, then decide.',
    },
  );
}

/**
 * Whose act it is where one can be done without a reviewer, too; the empty string then.
 * @throws Problem as {@link assertShown}
 */
export function presentActor({ reviewer }: { readonly reviewer: Reviewer | null }): string {
  if (reviewer !== null) assertShown(reviewer);
  return reviewer?.id ?? '';
}

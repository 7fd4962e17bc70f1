// What the review table's own protection comes to, in words.
import type { InspectionReport } from '#shared/model/connection.ts';

const lists = new Intl.ListFormat('en-GB', { type: 'conjunction' });

type ReviewTableReport = InspectionReport['reviewTable'];

const printed = '“countersign grants” prints the SQL for it.';

/** Whether the database guards decisions, and whether missing rows can be added; nothing where no decision can be written. */
export function describeGuard(report: ReviewTableReport): string[] {
  if (!report?.guard) return [];
  return [...(report.canDecide ? [guardSentence(report.guard)] : []), ...creationSentence(report)];
}

function guardSentence({
  decidedOnce,
  selfReviewRefused,
  policies,
}: NonNullable<NonNullable<ReviewTableReport>['guard']>): string {
  if (decidedOnce && selfReviewRefused)
    return `The database itself guards decisions (${named(policies)}): one that was made cannot be overwritten with this login, and nobody decides on their own action.`;
  if (decidedOnce)
    return `The database itself keeps decisions from being overwritten with this login (${named(policies)}), but would accept one by the actor; only this program refuses that. ${printed}`;
  if (selfReviewRefused)
    return `The database itself refuses a decision by the actor (${named(policies)}), but whoever has this login could overwrite decisions with another program. ${printed}`;
  const found = policies.length === 0 ? '' : ` (${named(policies)}: no guard that can be read off)`;
  return `The database has no guard on the review table${found}: this program never overwrites a decision, but whoever has this login could with another. ${printed}`;
}

const named = (policies: readonly string[]): string =>
  `${policies.length === 1 ? 'policy' : 'policies'} ${lists.format(policies)}`;

function creationSentence({ canCreate }: NonNullable<ReviewTableReport>): string[] {
  if (canCreate !== true) return [];
  return [
    'This user may add rows to the review table: “countersign reviews create --dry-run” lists privileged events without a review, and without --dry-run gives each one.',
  ];
}

/** Rights beyond reading and deciding. */
export function guardWarnings(report: ReviewTableReport): string[] {
  const excess = report?.guard?.excess ?? [];
  if (excess.length === 0) return [];
  return [
    `This user holds ${lists.format(excess)} on the review table, so whoever has its password could alter what is reviewed. Ask the DBA to grant less; ${printed}`,
  ];
}

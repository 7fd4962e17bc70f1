// What an administrator is asked to do about a right that is to be revoked or modified, in words and, where it is known, in SQL.
import type { CampaignDefinition } from '#shared/model/campaign.ts';
import { lookStatement, removalStatement, type HeldRight } from '../../source/removal-statement.ts';

export type ToRemedy = HeldRight & {
  readonly outcome: 'revoke' | 'modify';
  /** What the reviewer wrote. */
  readonly reason: string | null;
};

const checkFirst =
  '-- Run it in a transaction of your own, and compare the number of rows with what you expect before you commit.\n-- Where this is a view, change the tables behind it.';

/** Text for people; Countersign prints it and never carries it out. */
export function instructionFor({ scope }: CampaignDefinition, right: ToRemedy): string {
  const what = `${right.outcome === 'revoke' ? 'Take away' : 'Change'} ${inWords(right)}`;
  const why = right.reason === null ? '' : ` The reviewer wrote: “${onOneLine(right.reason)}”.`;
  if (scope.from === 'file')
    return `${what} in the system that the file “${onOneLine(scope.name)}” is from.${why}`;
  if (scope.from === 'activity')
    return `${what} in the system that writes the audit log: whatever lets them do it.${why}`;
  const sql =
    right.outcome === 'revoke'
      ? `${checkFirst}\n${removalStatement(scope, right)}`
      : `-- These are the rows to be changed:\n${lookStatement(scope, right)}`;
  return `${what}.${why}\n\n${sql}`;
}

function inWords({ subject, entitlement, resource }: HeldRight): string {
  const on = resource === null || resource === '' ? '' : ` on “${onOneLine(resource)}”`;
  return `the right “${onOneLine(entitlement)}”${on} of “${onOneLine(subject)}”`;
}

/** Values come from a source: none of them may begin a line, or turn what follows around. */
const onOneLine = (text: string): string => text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();

// What a person should know or do before relying on a source.
import { defaultSourceAccount } from './default-account.ts';
import { guardWarnings } from './guard-sentences.ts';
import type { Inspection } from './inspection.ts';
import { counted, duration, listed } from './inspection-sentences.ts';

/** Beyond two minutes the times of decisions and of the server cannot be set side by side without thought. */
const notableOffsetMs = 120_000;

export function inspectionWarnings(inspection: Inspection): string[] {
  return [
    ...nothingVisible(inspection),
    ...excessRights(inspection),
    ...openDoors(inspection),
    ...scope(inspection),
    ...inspection.mappingWarnings,
    ...doubtfulRows(inspection),
    ...clock(inspection),
    ...reviewTable(inspection),
    ...guardWarnings(inspection.report.reviewTable),
  ];
}

function nothingVisible({ report }: Inspection): string[] {
  if (report.rows > 0) return [];
  const others = report.visibleSourceAccounts.filter(({ events }) => events > 0);
  if (others.length > 0) {
    const names = listed(others.map(({ sourceAccount }) => sourceAccount || '(none)'));
    return [
      `No event belongs to source account ${report.sourceAccount ?? defaultSourceAccount}. Visible here: ${names}. Choose one of them with --source-account.`,
    ];
  }
  if (!report.rlsApplies) return ['The table is empty; there is nothing to review yet.'];
  return [
    `Row-level security hides every event: the session sets app.source_account_id to ${report.sourceAccount ?? defaultSourceAccount}, and no visible event belongs to it. Give the right account with --source-account, or ask the DBA which one this user may see.`,
  ];
}

function excessRights({ report, rights }: Inspection): string[] {
  const excess = [
    ...(report.canInsert ? ['INSERT'] : []),
    ...(report.canUpdate ? ['UPDATE'] : []),
    ...(report.canDelete ? ['DELETE'] : []),
    ...(rights.canTruncate ? ['TRUNCATE'] : []),
  ];
  if (excess.length === 0) return [];
  return [
    `This user holds ${listed(excess)} on the events, so whoever has its password could alter them. Reading needs SELECT only; ask the DBA to grant less.`,
  ];
}

function openDoors({ report, rights, isLocal }: Inspection): string[] {
  const warnings: string[] = [];
  if (rights.rlsExemption !== null)
    warnings.push(
      'The row-level policies of the table do not bind this user, so they protect neither the events nor the separation of accounts here. Connect as a user that is neither owner nor superuser.',
    );
  if (report.tls === 'off' && !isLocal)
    warnings.push('The connection is not encrypted: password and events can be read on the way.');
  return warnings;
}

function scope({ report }: Inspection): string[] {
  const { visibleSourceAccounts, sourceAccount } = report;
  if (sourceAccount !== null || visibleSourceAccounts.length < 2) return [];
  return [
    `Events of ${counted(visibleSourceAccounts.length, 'source account')} are visible and all will be read. Choose one with --source-account to keep them apart.`,
  ];
}

function doubtfulRows({ unplaced, rights }: Inspection): string[] {
  const warnings: string[] = [];
  if (unplaced > 0)
    warnings.push(
      `${counted(unplaced, 'event')} cannot be placed in time (no id, or a time that is infinite, absent or beyond the years 1700 to 2254) and ${unplaced === 1 ? 'is' : 'are'} left out.`,
    );
  if (!rights.hasUniqueId)
    warnings.push(
      'No unique index guarantees that an id is used once; events with the same id and time count as one.',
    );
  return warnings;
}

function clock({ report }: Inspection): string[] {
  if (Math.abs(report.clockOffsetMs) < notableOffsetMs) return [];
  return [
    `The clocks of the server and this computer differ by ${duration(report.clockOffsetMs)}. Set this computer's clock before deciding.`,
  ];
}

function reviewTable({ report, reviewTable }: Inspection): string[] {
  if (reviewTable.state === 'unavailable')
    return reviewTable.cause === 'absent' ? [] : [`${reviewTable.sentence} Its reviews cannot be used.`];
  if (report.reviewTable?.canDecide) return [];
  return [
    'This user may read the review table but not decide in it: decisions would stay on this computer. Ask the DBA to grant UPDATE on reviewer_id, reviewed_at and notes.',
  ];
}

// The inspection report in plain English, in reading order: where, what, which rights, how much, how current.
import { mappedFields } from '#shared/model/connection.ts';
import { describeAnomalies } from './anomaly-inspection.ts';
import { defaultSourceAccount } from './default-account.ts';
import { fieldNames } from './field-types.ts';
import { describeGuard } from './guard-sentences.ts';
import type { Inspection } from './inspection.ts';
import { describeKeeping } from './keeping-sentences.ts';

const numbers = new Intl.NumberFormat('en-GB');
const lists = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** `1,234 events`; the noun in its singular. */
export function counted(count: number, noun: string): string {
  return `${numbers.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A length of time in the largest unit that suits it. */
export function duration(ms: number): string {
  const seconds = Math.abs(ms) / 1000;
  if (seconds < 120) return counted(Number(seconds.toFixed(1)), 'second');
  if (seconds < 7200) return counted(Math.round(seconds / 60), 'minute');
  return counted(Math.round(seconds / 3600), 'hour');
}

export function listed(words: readonly string[]): string {
  return lists.format(words);
}

export function describeInspection(inspection: Inspection): string[] {
  return [
    connection(inspection),
    `Events are read from the table ${inspection.report.table}${presetOf(inspection)}.`,
    columnsUsed(inspection),
    ...missingFields(inspection),
    rightsHeld(inspection),
    rowSecurity(inspection),
    ...population(inspection),
    ...describeKeeping(keptOf(inspection)),
    clock(inspection),
    reviews(inspection),
    ...describeGuard(inspection.report.reviewTable),
    ...describeAnomalies(inspection.anomalies),
  ];
}

function connection({ report }: Inspection): string {
  const tls = report.tls === 'off' ? 'without TLS' : `with ${report.tls}`;
  return `Connected to ${report.server}, database ${report.database}, as ${report.role}, ${tls}; the session is read-only.`;
}

function presetOf({ report }: Inspection): string {
  return report.preset === 'custom' ? ', as the mapping file says' : ` (preset ${report.preset})`;
}

function columnsUsed({ report }: Inspection): string {
  const used = mappedFields.flatMap((field) => {
    const reference = report.mapping.columns[field];
    if (!reference) return [];
    const key = reference.jsonKey === undefined ? '' : ` key ${reference.jsonKey}`;
    return [`${fieldNames[field]} from ${reference.column}${key}`];
  });
  return `Columns used: ${used.join(', ')}.`;
}

function missingFields({ report }: Inspection): string[] {
  if (report.missingFields.length === 0) return ['No column is missing; every detector can run.'];
  const missing = listed(report.missingFields.map((field) => fieldNames[field]));
  const disabled = report.disabledDetectors.map(
    ({ detector, needs }) => `${detector} (needs ${listed(needs.map((field) => fieldNames[field]))})`,
  );
  const consequence =
    disabled.length === 0 ? 'no detector needs it' : `detectors that cannot run: ${disabled.join(', ')}`;
  return [`Not in this table: ${missing}; ${consequence}.`];
}

function rightsHeld({ report }: Inspection): string {
  const rights = [
    ['add', report.canInsert],
    ['change', report.canUpdate],
    ['delete', report.canDelete],
  ] as const;
  const held = rights.filter(([, has]) => has).map(([name]) => name);
  if (held.length === 0) return 'This user may read the events and cannot add, change or delete them.';
  return `This user may read the events and could also ${listed(held)} them; this program never does.`;
}

function rowSecurity({ report, rights }: Inspection): string {
  if (!report.rlsEnabled) return 'Row-level security is not enabled on the table.';
  if (report.rlsApplies) {
    const policies = report.policies.length === 0 ? 'no policies' : `policies ${listed(report.policies)}`;
    return `Row-level security is in force (${policies}); the session asks for source account ${report.sourceAccount ?? defaultSourceAccount}.`;
  }
  const reasons = {
    owner: 'it owns the table',
    superuser: 'it is a superuser',
    bypass: 'it has the attribute BYPASSRLS',
  };
  const reason = rights.rlsExemption === null ? 'the table is read without it' : reasons[rights.rlsExemption];
  return `Row-level security is enabled but does not bind this user: ${reason}.`;
}

function population({ report, isEstimated }: Inspection): string[] {
  const scope = report.sourceAccount === null ? '' : ` of source account ${report.sourceAccount}`;
  if (report.rows === 0) return [`No event${scope} is visible.`];
  if (isEstimated)
    return [
      `About ${counted(report.rows, 'event')}${scope} are visible, by the server’s own estimate, from ${report.firstEventAt ?? '?'} to ${report.lastEventAt ?? '?'}; so many are not counted now, nor told apart by source account.`,
    ];
  const sentences = [
    `${counted(report.rows, 'event')}${scope} ${report.rows === 1 ? 'is' : 'are'} visible, from ${report.firstEventAt ?? '?'} to ${report.lastEventAt ?? '?'}.`,
  ];
  if (report.visibleSourceAccounts.length > 1) {
    const accounts = report.visibleSourceAccounts.map(
      ({ sourceAccount, events }) => `${sourceAccount || '(none)'} (${counted(events, 'event')})`,
    );
    sentences.push(`Visible source accounts: ${accounts.join(', ')}.`);
  }
  return sentences;
}

function keptOf({ report, mirror, metadataBytes }: Inspection) {
  const hasMetadata = report.mapping.columns.metadata !== undefined;
  return { rows: report.rows, mirror, hasMetadata, metadataBytes };
}

function clock({ report }: Inspection): string {
  if (Math.abs(report.clockOffsetMs) < 50) return "The server's clock agrees with this computer's.";
  const direction = report.clockOffsetMs > 0 ? 'ahead of' : 'behind';
  return `The server's clock is ${duration(report.clockOffsetMs)} ${direction} this computer's.`;
}

function reviews({ report, reviewTable }: Inspection): string {
  if (reviewTable.state === 'unavailable')
    return `${reviewTable.sentence} The review queue is derived from the events.`;
  if (!report.reviewTable) return 'The review table was not counted.';
  const { table, rows, pending, canDecide, reviewerIdType } = report.reviewTable;
  const may = canDecide ? 'may write decisions to it' : 'cannot write decisions to it';
  return `The review table ${table} shows ${counted(rows, 'row')}, ${numbers.format(pending)} pending; its reviewer id has the type ${reviewerIdType}, and this user ${may}.`;
}

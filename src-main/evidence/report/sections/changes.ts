// What was changed about how the workspace works: from the ledger, in its order.
import type { LedgerEntry, LedgerEntryType } from '#shared/model/evidence.ts';
import { canonicalJson } from '../../entry-hash.ts';
import type { ReportRows } from '../collect-rows.ts';
import { code, given, paragraph, tableOrNone, type Block, type Phrase } from '../document-model.ts';
import { clipped, instantText, numberOf } from '../visible-text.ts';
import { listedText } from './decisions.ts';

const typeTexts: Readonly<Partial<Record<LedgerEntryType, string>>> = {
  'connection-changed': 'Connection to the audit database',
  'configuration-changed': 'Privileged actions',
  'detection-changed': 'Settings of the detectors',
  'exception-granted': 'Exception granted',
  'exception-ended': 'Exception ended',
  'four-eyes-changed': 'Rules about second persons',
  'aliases-changed': 'Other ids of a reviewer',
  'publication-changed': 'Publication of findings',
  'controls-changed': 'Controls the evidence is meant for',
  'reviewer-changed': 'Reviewer',
  'key-created': 'Signing key',
  'key-taken-up': 'Signing key taken up again',
  'key-rotated': 'Signing key replaced',
  'key-revoked': 'Signing key revoked',
  'key-reported': 'Signing key reported as lost',
  'key-endorsed': 'Signing key endorsed',
  'key-idle-changed': 'Minutes until the key locks',
  'mask-changed': 'Names shown or hidden',
  erasure: 'Person erased from the mirror',
  'erasure-lifted': 'Erasure lifted',
  'trust-changed': 'Trust in signers',
  'clock-acknowledged': 'Difference of the clocks acknowledged',
  'ledger-restored': 'Ledger restored from a copy',
};

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const shortest = 160;
function jsonText(value: unknown): string {
  if (value === undefined) return 'not set';
  const text = typeof value === 'string' ? value : canonicalJson(value);
  return text.length > shortest ? `${text.slice(0, shortest).toWellFormed()} …` : text;
}

/** What differs between two lists, or between two objects one level deep. */
function differences(before: unknown, after: unknown): string[] {
  if (Array.isArray(before) && Array.isArray(after)) {
    const known = new Set(before.map((value) => canonicalJson(value)));
    const kept = new Set(after.map((value) => canonicalJson(value)));
    return [
      ...after.filter((value) => !known.has(canonicalJson(value))).map((value) => `added ${jsonText(value)}`),
      ...before
        .filter((value) => !kept.has(canonicalJson(value)))
        .map((value) => `removed ${jsonText(value)}`),
    ];
  }
  if (isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .toSorted()
      .filter((name) => jsonOf(before[name]) !== jsonOf(after[name]))
      .map((name) => `${name}: ${jsonText(before[name])} → ${jsonText(after[name])}`);
  return [`${jsonText(before)} → ${jsonText(after)}`];
}

const jsonOf = (value: unknown): string => (value === undefined ? '' : canonicalJson(value));

/** Of a connection these say which data was read; the rest is in the ledger. */
const connectionNames = ['database', 'user', 'sourceAccount', 'zone'] as const;

function whatChanged({ type, payload, subject }: LedgerEntry): string[] {
  if (type === 'connection-changed')
    return connectionNames.flatMap((name) =>
      payload[name] === undefined || payload[name] === null ? [] : [`${name}: ${jsonText(payload[name])}`],
    );
  if (type === 'exception-granted' || type === 'exception-ended')
    return [`exception ${subject ?? 'unknown'}`];
  if ('before' in payload || 'after' in payload) return differences(payload['before'], payload['after']);
  return particularsOf(payload);
}

/** Long ones are keys, signatures and texts; they are in the ledger. */
const longestParticular = 80;

/** What is new, where an entry does not say what was before. */
const particularsOf = (payload: Json): string[] =>
  Object.entries(payload)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, value]) => {
      const isShort = typeof value === 'string' && value !== '' && value.length <= longestParticular;
      const isSimple = isShort || typeof value === 'number' || typeof value === 'boolean';
      return isSimple && name !== 'reason' ? [`${name}: ${jsonText(value)}`] : [];
    });

const mostDifferences = 8;

function rowOf(entry: LedgerEntry): Phrase[] {
  const found = whatChanged(entry);
  const more = found.length - mostDifferences;
  const { reason: ownReason, sameDatabase } = entry.payload;
  const reason = ownReason ?? (isObject(sameDatabase) ? sameDatabase['reason'] : undefined);
  return [
    [code(String(entry.seq))],
    [instantText(entry.wall_time)],
    [typeTexts[entry.type] ?? entry.type],
    [given(clipped(entry.actor === '' ? 'the workstation' : entry.actor))],
    [
      given(clipped(found.slice(0, mostDifferences).join('\n'))),
      more > 0 ? `\nand ${numberOf(more, 'more difference', 'more differences')}` : '',
    ],
    [typeof reason === 'string' && reason !== '' ? given(clipped(reason)) : '–'],
  ];
}

export function changeBlocks({ changes }: ReportRows): Block[] {
  return [
    paragraph(
      'Everything that was changed about where data comes from, what is looked for, what may pass, and who may decide, since the first event of the period and until this pack was made.',
    ),
    ...listedText(changes, 'data/configuration.jsonl'),
    tableOrNone(
      'Changes to the configuration',
      [
        { title: 'Entry', weight: 9 },
        { title: 'When (claimed)', weight: 14 },
        { title: 'What', weight: 17 },
        { title: 'Who', weight: 14 },
        { title: 'Change', weight: 29 },
        { title: 'Reason', weight: 19 },
      ],
      changes.rows.map(rowOf),
    ),
  ];
}

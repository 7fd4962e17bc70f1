// The columns of exceptions, and of the ledger entry by entry.
import type { Exception } from '#shared/model/detection.ts';
import { canonicalJson } from '../../entry-hash.ts';
import type { StoredEntry } from '../../../store/ledger/entries.ts';
import type { Column } from '../table.ts';

export const exceptionColumns: readonly Column<Exception>[] = [
  ['exception', (one) => one.id],
  ['detector', (one) => one.detector],
  ['source_account', (one) => one.sourceAccount],
  ['entity_kind', (one) => one.entityKind],
  ['entity', (one) => one.entity],
  ['action', (one) => one.action],
  ['hour_of_week', (one) => one.hourOfWeek],
  ['at_most', (one) => one.maximumCount],
  ['expires_at', (one) => one.expiresAt],
  ['exception_in_full', (one) => canonicalJson(one)],
];

export const ledgerColumns: readonly Column<StoredEntry>[] = [
  ['seq', ({ entry }) => entry.seq],
  ['id', ({ entry }) => entry.id],
  ['type', ({ entry }) => entry.type],
  ['at', ({ entry }) => entry.wall_time],
  ['actor', ({ entry }) => entry.actor],
  ['subject', ({ entry }) => entry.subject],
  ['tenant', ({ entry }) => entry.tenant],
  ['payload', ({ entry }) => canonicalJson(entry.payload)],
  ['prev', ({ entry }) => entry.prev],
  ['hash', ({ hash }) => hash],
];

// Which entries of a ledger changed how it was reviewed, and are therefore looked at on their own.
import type { LedgerEntryType } from '#shared/model/evidence.ts';

export const changeTypes: readonly LedgerEntryType[] = [
  'connection-changed',
  'reviewer-changed',
  'key-created',
  'key-taken-up',
  'key-rotated',
  'key-revoked',
  'key-reported',
  'key-endorsed',
  'key-idle-changed',
  'configuration-changed',
  'aliases-changed',
  'four-eyes-changed',
  'detection-changed',
  'exception-granted',
  'exception-ended',
  'publication-changed',
  'clock-acknowledged',
  'ledger-restored',
  'trust-changed',
];

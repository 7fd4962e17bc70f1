// Notices that this computer's clock was set back since the last entry of the ledger.
import type { EntryDraft } from '../store/ledger/entries.ts';
import type { LedgerState } from './projection.ts';

/** Corrections below a second are how clocks are kept right; what is set back further is put on record. */
const notableMs = 1_000;

/** The entry to make before any other, or null. The clock is read while the ledger is locked, so nobody else's entry is meant. */
export function clockJump(
  { lastWallTime, entries }: Pick<LedgerState, 'lastWallTime' | 'entries'>,
  wallMs: number,
): Omit<EntryDraft, 'id' | 'tenant'> | null {
  if (lastWallTime === null) return null;
  const backMs = Date.parse(lastWallTime) - wallMs;
  if (backMs < notableMs) return null;
  return {
    type: 'clock-jump',
    subject: null,
    actor: '',
    payload: {
      before: lastWallTime,
      after: new Date(wallMs).toISOString(),
      backMs,
      /** Number of the entry whose time lies ahead. */
      entry: entries,
    },
  };
}

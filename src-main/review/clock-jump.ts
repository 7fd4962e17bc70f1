// Notices that this computer's clock was set back since the last entry of the ledger.
import type { EntryDraft } from '../store/ledger/entries.ts';
import type { LedgerState } from './projection.ts';

/** Corrections below a second are how clocks are kept right; what is set back further is put on record. */
const notableMs = 1_000;

/** How far the server's clock was ahead when the clocks were compared last. */
export type ClockComparison = {
  readonly offsetMs: number;
  /** This computer's time then; null where nobody noted it. */
  readonly atMs: number | null;
  /** When this computer was started, by its clock then; null where nobody noted it. */
  readonly startedMs: number | null;
  /** How many entries the ledger had then. */
  readonly entries: number;
  /** Another program compared them; entries may have come since that it does not count. */
  readonly isNoted: boolean;
};

/** What is corrected in passing, and how exactly a system says since when it runs. */
const unnoticedMs = 5_000;

/**
 * Whether this computer's clock was moved since the comparison, either way: by the clock as it is now the computer was started at
 * another time. One that was started since tells nothing.
 * @param uptimeMs how long it has been running, sleep included; null where that is not known
 */
export function wasMoved(
  { atMs, startedMs }: ClockComparison,
  wallMs: number,
  uptimeMs: number | null,
): boolean {
  if (atMs === null || startedMs === null || uptimeMs === null) return false;
  const startedNowMs = wallMs - uptimeMs;
  return startedNowMs <= atMs && Math.abs(startedNowMs - startedMs) > unnoticedMs;
}

type Told = Pick<LedgerState, 'clockJump' | 'lastWallTime' | 'entries'>;

/** What a comparison says now; null where the clock was found set back after it, because then nobody knows. */
export function comparisonInForce(
  compared: ClockComparison | null,
  { clockJump: jump }: Pick<Told, 'clockJump'>,
): ClockComparison | null {
  return compared !== null && jump !== null && jump.entry > compared.entries ? null : compared;
}

/**
 * The same when the clock was just found set back. What was compared since is by the clock as it is now, and goes on holding past
 * the entry about the jump.
 */
export function comparisonAcrossJump(
  compared: ClockComparison | null,
  { lastWallTime, entries }: Told,
): ClockComparison | null {
  if (compared === null || compared.isNoted || compared.atMs === null || lastWallTime === null) return null;
  const isSince = compared.entries === entries && compared.atMs + notableMs <= Date.parse(lastWallTime);
  return isSince ? { ...compared, entries: entries + 1 } : null;
}

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

// The check of the times a pack claims: it cannot have been made before what it holds.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { ipePart, ledgerPart } from '../pack-contents.ts';
import type { PackPredicate } from '../statement.ts';
import { failCheck } from './check.ts';
import { take, type Watcher } from './watcher.ts';

/** Entries and pack are made by one clock, one after the other; what a correction of it may set back in between. */
const toleranceMicroseconds = 300_000_000;
const microsecondsPerMillisecond = 1000;

type Newest = { readonly at: number; readonly what: string };

const later = (one: Newest | null, other: Newest): Newest =>
  one === null || other.at > one.at ? other : one;

/** What the entries say about time; all in microseconds since 1970 by the clock of the workstation. */
function entryTimes() {
  let ever: Newest | null = null;
  let sinceSetBack: Newest | null = null;
  let offset = 0;
  let setBacks = 0;
  return {
    add: ({ seq, type, wall_time: time, offset_ms: offsetMs }: LedgerEntry): void => {
      const entry = { at: parseInstant(time), what: `ledger entry ${seq} is of ${time}` };
      if (type === 'clock-jump') {
        setBacks += 1;
        sinceSetBack = null;
      }
      ever = later(ever, entry);
      sinceSetBack = later(sinceSetBack, entry);
      if (offsetMs !== null) offset = offsetMs * microsecondsPerMillisecond;
    },
    /** The clocks were compared, so that a time of the server can be told in that of the workstation. */
    readAt: (serverTime: string): Newest => ({
      at: parseInstant(serverTime) - offset,
      what: `the audit database was read at ${serverTime}`,
    }),
    found: () => ({ ever, sinceSetBack, setBacks }),
  };
}

export type ClaimedTimes = {
  readonly watcher: Watcher;
  /** The newest moment the pack holds, whatever it claims, in seconds since 1970; null where it holds none. */
  readonly newestAt: () => number | null;
};

/**
 * A clock that was set back is on record in the ledger; then only what came later binds the claim. Whoever judges a key goes by
 * the newest moment all the same.
 */
export function watchTimes({ generatedAt }: Pick<PackPredicate, 'generatedAt'>): ClaimedTimes {
  const times = entryTimes();
  let serverTime: string | null = null;
  // The file with it comes before the ledger, and the ledger says how far the clocks are apart.
  const read = (): Newest | null => (serverTime === null ? null : times.readAt(serverTime));
  const newest = (): Newest | null => {
    const { ever } = times.found();
    const server = read();
    return server === null ? ever : later(ever, server);
  };
  const watcher: Watcher = {
    name: 'times',
    takes: [
      take(ledgerPart, ({ entry }) => times.add(entry)),
      take(ipePart, (ipe) => void (serverTime = ipe.serverTime)),
    ],
    end: () => {
      const { sinceSetBack, setBacks } = times.found();
      const claimed = parseInstant(generatedAt);
      // After a set-back the difference of the clocks is another one than was measured.
      for (const one of [sinceSetBack, setBacks === 0 ? read() : null])
        if (one !== null && one.at > claimed + toleranceMicroseconds)
          failCheck('tampered', `The pack claims to be made at ${generatedAt}, but ${one.what}.`);
      const back =
        setBacks === 0
          ? ''
          : ` The clock of the workstation was set back ${setBacks} time${setBacks === 1 ? '' : 's'}; entries before that may be of later times.`;
      return `Claimed to be made at ${generatedAt}, after everything in it.${back}`;
    },
  };
  return {
    watcher,
    newestAt: () => {
      const found = newest();
      return found === null ? null : Math.floor(found.at / 1_000_000);
    },
  };
}

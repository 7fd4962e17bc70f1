// Thousands of acts as one: whole or not at all, behind whatever anybody does meanwhile, and without anybody waiting for them.
import { describe, expect, test } from 'vitest';
import { Problem } from '../../../src-shared/model/problem.ts';
import type { ActSeries } from '../../../src-main/review/append-series.ts';
import type { Act, Ledger } from '../../../src-main/review/ledger.ts';
import { foldLedger, openLedger } from '../../../src-main/review/ledger.ts';
import { openDatabase, type DatabaseHandle } from '../../../src-main/store/database.ts';
import { row } from '../../../src-main/store/query.ts';
import { ledgerWithReviewer, openLedgerFile, stoppedClock } from '../../support/workspace.ts';

const act = (action: string): Act => ({
  type: 'self-review-refused',
  subject: null,
  actor: 'rita',
  payload: { campaign: 'c', item: 'i', action },
});

function scene() {
  const database = openLedgerFile();
  const clock = stoppedClock('2026-11-16T00:00:00Z');
  return { database, clock, ledger: ledgerWithReviewer(undefined, clock, database) };
}

/** A series of so many acts, three at a time; `between` is done before each three. */
function seriesOf(
  count: number,
  changes: Partial<ActSeries> = {},
  between: (done: number) => void = () => {},
): ActSeries {
  return {
    holds: () => true,
    acts: async function* () {
      for (let start = 0; start < count; start += 3) {
        between(start);
        await Promise.resolve();
        yield Array.from({ length: Math.min(3, count - start) }, (_, n) => act(`s${start + n}`));
      }
    },
    signal: new AbortController().signal,
    progress: () => {},
    ...changes,
  };
}

const actionsIn = (ledger: Ledger): unknown[] =>
  ledger
    .entries()
    .filter(({ entry }) => entry.type === 'self-review-refused')
    .map(({ entry }) => entry.payload['action']);

const newestIn = (database: DatabaseHandle): number =>
  row<{ seq: number }>(database, 'SELECT max(seq) AS seq FROM entry')?.seq ?? 0;

const all = (count: number) => Array.from({ length: count }, (_, n) => `s${n}`);

describe('a series of acts', () => {
  test('is recorded in order, follows from what was there, and folds to the same state from the first entry on', async () => {
    const { ledger, database } = scene();
    const told: number[] = [];
    expect(
      await ledger.appendSeries(seriesOf(1000, { progress: (recorded) => void told.push(recorded) })),
    ).toBe(true);
    expect(actionsIn(ledger)).toEqual(all(1000));
    expect(told.at(-1)).toBe(1000);
    expect(ledger.state()).toEqual(foldLedger(database));
    ledger.append(() => [act('next')]);
    expect(ledger.state()).toEqual(foldLedger(database));
  });

  test('an act of somebody else goes before it at once, and the series is whole behind it', async () => {
    const { ledger, database } = scene();
    const done = new Set<number>();
    const between = (at: number) => {
      if (![30, 60].includes(at) || done.has(at)) return;
      done.add(at);
      ledger.append(() => [act(`other ${at}`)]);
    };
    expect(await ledger.appendSeries(seriesOf(90, {}, between))).toBe(true);
    expect(actionsIn(ledger)).toEqual(['other 30', 'other 60', ...all(90)]);
    expect(ledger.state()).toEqual(foldLedger(database));
  });

  test('nothing of it is recorded where it no longer holds, is refused, fails or is cancelled', async () => {
    const { ledger, database } = scene();
    const before = ledger.state().entries;
    let isChanged = false;
    const changing = (at: number) => {
      if (at !== 30 || isChanged) return;
      isChanged = true;
      ledger.append(() => [act('other')]);
    };
    const holds = () => !isChanged;
    expect(await ledger.appendSeries(seriesOf(90, { holds }, changing))).toBe(false);
    const refused = new Problem('refused', 'Closed meanwhile.');
    const refuse = () => {
      throw refused;
    };
    await expect(ledger.appendSeries(seriesOf(90, { holds: refuse }))).rejects.toBe(refused);
    const broken = (at: number) => {
      if (at === 60) throw refused;
    };
    await expect(ledger.appendSeries(seriesOf(90, {}, broken))).rejects.toBe(refused);
    const abort = new AbortController();
    const cancelling = (at: number) => {
      if (at === 60) abort.abort(refused);
    };
    await expect(ledger.appendSeries(seriesOf(90, { signal: abort.signal }, cancelling))).rejects.toBe(
      refused,
    );
    expect(actionsIn(ledger)).toEqual(['other']);
    expect(ledger.state().entries).toBe(before + 1);
    expect(ledger.state()).toEqual(foldLedger(database));
    expect(await ledger.appendSeries(seriesOf(9))).toBe(true);
  });

  test('whoever acts while its entries are read sees all of them; another series does not come between', async () => {
    const { ledger, database } = scene();
    const first = ledger.appendSeries(seriesOf(2000));
    while (newestIn(database) < 2000) await new Promise((resolve) => void setImmediate(resolve));
    let seen = 0;
    await expect(ledger.appendSeries(seriesOf(3))).rejects.toThrow(/being recorded/);
    ledger.append((state) => {
      seen = state.entries;
      return [];
    });
    expect(seen).toBe(2001);
    expect(await first).toBe(true);
  });

  test('a clock set back is put on record before it', async () => {
    const { ledger, clock, database } = scene();
    clock.advance(-3_600_000);
    expect(await ledger.appendSeries(seriesOf(9))).toBe(true);
    const types = ledger.entries().map(({ entry }) => entry.type);
    expect(types.slice(1, 3)).toEqual(['clock-jump', 'self-review-refused']);
    expect(ledger.state()).toEqual(foldLedger(database));
  });

  test('while another program writes, it waits; what that recorded goes before', async () => {
    const { ledger, database, clock } = scene();
    const other = openDatabase(database.name, 'ledger');
    try {
      const elsewhere = openLedger(other, clock, () => 'elsewhere-1');
      other.exec('BEGIN IMMEDIATE');
      const begun = ledger.appendSeries(seriesOf(9));
      await new Promise((resolve) => void setImmediate(resolve));
      other.exec('ROLLBACK');
      elsewhere.append(() => [act('elsewhere')]);
      expect(await begun).toBe(true);
      expect(actionsIn(ledger)).toEqual(['elsewhere', ...all(9)]);
    } finally {
      other.close();
    }
  });
});

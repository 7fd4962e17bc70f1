import { describe, expect, test } from 'vitest';
import type { LedgerEntry, LedgerEntryType } from '../../../src-shared/model/evidence.ts';
import { databaseIdentity } from '../../../src-main/analytics/source-identity.ts';
import {
  applyAct,
  applyConnection,
  firstIdentityOf,
  noPin,
  pinStanding,
  type DatabasePin,
} from '../../../src-main/review/database-pin.ts';

const at = (host: string, database = 'audit', cluster: string | null = null, port = 5432) => ({
  host,
  port,
  database,
  identity: databaseIdentity({ host, port, database }, cluster),
});

const entry = (type: LedgerEntryType): LedgerEntry => ({
  v: 1,
  seq: 1,
  prev: '0'.repeat(64),
  id: 'e',
  type,
  subject: null,
  tenant: null,
  actor: 'rita',
  wall_time: '2026-11-16T00:00:00.000Z',
  offset_ms: null,
  mono: 0,
  hlc: '0',
  payload: {},
});

type Connected = Parameters<typeof applyConnection>[1];

function pinnedBy(connection: Connected, type: LedgerEntryType = 'decision'): DatabasePin {
  const pin = noPin();
  applyConnection(pin, connection, undefined);
  applyAct(pin, entry(type), connection);
  return pin;
}

describe('a workspace is pinned', () => {
  test.each([
    'decision',
    'disposition',
    'anomaly-disposition',
    'concurrence',
    'exception-granted',
    'exception-ended',
    'conflict-closed',
    'review-created',
    'publication',
  ] as const)('by an entry of type %s', (type) => {
    const first = at('h', 'audit', '1');
    expect(pinStanding(pinnedBy(first, type), first, at('h', 'audit', '2')).is).toBe('other');
  });

  test.each(['reviewer-changed', 'key-created', 'export', 'checkpoint', 'clock-jump'] as const)(
    'by no entry of type %s',
    (type) => {
      const first = at('h', 'audit', '1');
      expect(pinStanding(pinnedBy(first, type), first, at('h', 'audit', '2')).is).toBe('admitted');
    },
  );
});

describe('the same database', () => {
  const a = at('a', 'audit', '1');
  test.each([
    ['another address of the same cluster', a, at('b', 'audit', '1', 6000), 'admitted'],
    ['another database of the same cluster', a, at('a', 'other', '1'), 'other'],
    ['another cluster at the same address', a, at('a', 'audit', '2'), 'other'],
    ['a number that cannot be asked for any more, same address', a, at('A'), 'same-address'],
    ['a number that cannot be asked for any more, another address', a, at('b'), 'undecided'],
    ['a number that can be asked for now, same address', at('a'), a, 'same-address'],
    ['a number that can be asked for now, another port', at('a'), at('a', 'audit', '1', 6000), 'undecided'],
    ['no number on either side, same address', at('a'), at('a'), 'admitted'],
    ['no number on either side, another address', at('a'), at('b'), 'undecided'],
    ['no number on either side, another name', at('a'), at('a', 'other'), 'other'],
    ['an entry without identity, same address', { ...at('a'), identity: null }, a, 'same-address'],
    ['an entry without identity, another name', { ...at('a'), identity: null }, at('a', 'x', '1'), 'other'],
  ] as const)('%s', (_name, pinned, found, expected) => {
    expect(pinStanding(pinnedBy(pinned), pinned, found).is).toBe(expected);
  });

  test('keeps its first identity, and its number once that is known', () => {
    const byAddress = at('a');
    const pin = pinnedBy(byAddress);
    const numbered = at('a', 'audit', '1');
    applyConnection(pin, numbered, { as: byAddress.identity, basis: 'address', reason: null });
    const moved = at('b');
    applyConnection(pin, moved, { as: numbered.identity, basis: 'stated', reason: 'moved' });
    for (const one of [byAddress, numbered, moved])
      expect(firstIdentityOf(pin, one.identity)).toBe(byAddress.identity);
    expect(pinStanding(pin, moved, at('c', 'audit', '1')).is).toBe('admitted');
    expect(pinStanding(pin, moved, at('b', 'audit', '2')).is).toBe('other');
  });
});

test('a ledger that an older release moved admits what acts are about, and where it is', () => {
  const [a, b, c] = [at('a', 'audit', '1'), at('b', 'audit', '2'), at('c', 'audit', '3')];
  const pin = pinnedBy(a);
  applyConnection(pin, b, undefined);
  expect([a, b, c].map((found) => pinStanding(pin, b, found).is)).toEqual(['admitted', 'admitted', 'other']);
  applyConnection(pin, a, undefined);
  expect(pinStanding(pin, a, b).is).toBe('other');
});

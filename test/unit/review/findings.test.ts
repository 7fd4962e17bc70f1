import { expect, test } from 'vitest';
import { disposeFinding } from '../../../src-main/review/dispose-finding.ts';
import { getFinding, listFindings } from '../../../src-main/review/findings.ts';
import { addAliases } from '../../../src-main/review/independence-acts.ts';
import { countFindings, findingWriter, readFindings } from '../../../src-main/store/cache/findings.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { ledgerWithReviewer, makeEvent, mirror, openCache } from '../../support/workspace.ts';

const hourUs = 3_600_000_000;

function insert(cache: DatabaseHandle, id: string, version: number, count: number, flagged: boolean): void {
  findingWriter(cache)(recordOf(id, version, count, flagged));
}

function recordOf(id: string, version: number, count: number, flagged: boolean) {
  return {
    id,
    version,
    flagged,
    detector: 'z3',
    methodVersion: 'z3/1',
    sourceAccount: 'primary',
    actor: 'dana',
    entity: { kind: 'actor' as const, value: 'dana' },
    action: 'document.read',
    startMicroseconds: hourUs,
    endMicroseconds: 2 * hourUs,
    count,
    score: count - 1,
    threshold: 3,
    severity: 'high' as const,
    explanationParts: {
      what: `Found with ${count}.`,
      expected: null,
      unusual: `z is ${count - 1}.`,
      comparedWith: null,
      alsoSeen: null,
      confidence: null,
      method: 'z3/1',
      wouldChange: null,
    },
    evidence: {
      mean: 1,
      sd: 0,
      deviationUsed: 1,
      sdFloorUsed: true,
      n: 672,
      activeHours: 672,
      highest: 1,
      baselineStart: '2026-01-01T00:00:00.000Z',
      baselineEnd: '2026-01-29T00:00:00.000Z',
      methodVersion: 'z3/1',
    },
    eventIds: ['e'],
    foundMicroseconds: 5 * hourUs,
  };
}

test('a finding that late events explained away stays listed, says so, and keeps its disposition', () => {
  const cache = openCache();
  const ledger = ledgerWithReviewer();
  insert(cache, 'f', 1, 6, true);
  const { finding } = getFinding(cache, ledger.state(), 'f');
  expect(finding.explanation).toBe('Found with 6. z is 5.');
  disposeFinding(cache, ledger, { id: 'f', disposition: 'escalated', note: 'call her' });
  insert(cache, 'f', 2, 3, false);
  const [listed] = listFindings(cache, ledger.state());
  expect(listed).toMatchObject({ id: 'f', version: 1, count: 6, disposition: 'escalated' });
  expect(listed!.explanation).toBe(
    'Found with 6. z is 5. Events that arrived later changed this hour: in version 2 it has 3 events and z = 2, so by itself it would no longer stand out.',
  );
  const { versions } = getFinding(cache, ledger.state(), 'f');
  expect(versions.map(({ version, flagged }) => [version, flagged])).toEqual([
    [1, true],
    [2, false],
  ]);
  insert(cache, 'f', 3, 9, true);
  expect(listFindings(cache, ledger.state())).toMatchObject([
    { version: 3, count: 9, disposition: null, explanation: 'Found with 9. z is 8.' },
  ]);
  expect(countFindings(cache)).toBe(1);
});

test('after a replay only hours that had ended by its as-of are listed', () => {
  const cache = openCache();
  insert(cache, 'f', 1, 6, true);
  expect(readFindings(cache, 2 * hourUs)).toHaveLength(1);
  expect(countFindings(cache, 2 * hourUs)).toBe(1);
  expect(readFindings(cache, 2 * hourUs - 1)).toEqual([]);
  expect(countFindings(cache, 2 * hourUs - 1)).toBe(0);
});

test('cites the events of its own hour, also where a source used an id twice', () => {
  const cache = openCache();
  mirror(
    cache,
    [0, hourUs + 5, 2 * hourUs].map((createdAtMicroseconds) => makeEvent({ id: 'e', createdAtMicroseconds })),
  );
  insert(cache, 'f', 1, 6, true);
  const { events } = getFinding(cache, ledgerWithReviewer().state(), 'f');
  expect(events.map((event) => event.createdAt)).toEqual(['1970-01-01T01:00:00.000005Z']);
});

test('a disposition needs a note and a finding', () => {
  const cache = openCache();
  const ledger = ledgerWithReviewer();
  insert(cache, 'f', 1, 6, true);
  expect(() => disposeFinding(cache, ledger, { id: 'f', disposition: 'acknowledged', note: '  ' })).toThrow(
    /needs a note/,
  );
  expect(() => disposeFinding(cache, ledger, { id: 'g', disposition: 'acknowledged', note: 'x' })).toThrow(
    /no such finding/,
  );
  expect(ledger.state().dispositions.size).toBe(0);
  disposeFinding(cache, ledger, { id: 'f', disposition: 'acknowledged', note: ' cut \ud83d ' });
  expect(listFindings(cache, ledger.state(), 'acknowledged')).toMatchObject([
    { dispositionNote: 'cut \ufffd' },
  ]);
  expect(listFindings(cache, ledger.state(), 'open')).toEqual([]);
});

test('what only goes on needs nobody again until it gets more severe', () => {
  const cache = openCache();
  const ledger = ledgerWithReviewer();
  const episode = (version: number, count: number, severity: 'low' | 'high') =>
    findingWriter(cache)({ ...recordOf('f', version, count, true), detector: 'mass', severity });
  episode(1, 60, 'low');
  disposeFinding(cache, ledger, { id: 'f', disposition: 'acknowledged', note: 'the nightly purge' });
  episode(2, 70, 'low');
  expect(listFindings(cache, ledger.state())).toMatchObject([{ count: 70, disposition: 'acknowledged' }]);
  episode(3, 200, 'high');
  expect(listFindings(cache, ledger.state())).toMatchObject([{ count: 200, disposition: null }]);
});

test('nobody disposes of a finding about themselves, by actor or entity and under whatever id; the attempt is on record', () => {
  const cache = openCache();
  const ledger = ledgerWithReviewer();
  insert(cache, 'f', 1, 6, true);
  findingWriter(cache)({ ...recordOf('g', 1, 6, true), actor: '', entity: { kind: 'actor', value: 'Dana' } });
  findingWriter(cache)({ ...recordOf('h', 1, 6, true), actor: '', entity: { kind: 'ip', value: 'dana' } });
  const dispose = (id: string) =>
    disposeFinding(cache, ledger, { id, disposition: 'acknowledged', note: 'fine' });
  dispose('f');
  addAliases(ledger, { add: [' DANA'], reason: 'HR list' });
  for (const id of ['f', 'g']) {
    const before = listFindings(cache, ledger.state());
    expect(() => dispose(id)).toThrow(/about yourself/);
    expect(ledger.entries().at(-1)!.entry).toMatchObject({
      type: 'self-review-refused',
      subject: id,
      actor: 'rita',
      payload: { finding: id },
    });
    expect(listFindings(cache, ledger.state())).toEqual(before);
  }
  expect(dispose('h').disposition).toBe('acknowledged');
});

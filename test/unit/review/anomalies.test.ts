// The source's anomalies as people see them, what may be recorded about them, and which findings would be published.
import { beforeEach, describe, expect, test } from 'vitest';
import { getAnomaly, readAnomalyList } from '../../../src-main/review/anomalies.ts';
import { disposeAnomaly } from '../../../src-main/review/dispose-anomaly.ts';
import { disposeFinding } from '../../../src-main/review/dispose-finding.ts';
import type { Ledger } from '../../../src-main/review/ledger.ts';
import { findingsToPublish, readPublication, setPublication } from '../../../src-main/review/publication.ts';
import {
  anomalyTypeOf,
  publishedFindingOf,
  publishedRowId,
  publishedRowOf,
} from '../../../src-main/review/published-rows.ts';
import { claimMirror, mirrorGuard } from '../../../src-main/store/cache/mirror.ts';
import { mirrorAnomalies, type ServerAnomalyRow } from '../../../src-main/store/cache/server-anomalies.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { openAnomalyIntents } from '../../../src-main/sync/anomaly-outbox.ts';
import { makeAnomalyRow } from '../../support/anomaly.ts';
import { makeFinding } from '../../support/finding.ts';
import { ledgerWithReviewer, openCache } from '../../support/workspace.ts';
import { insertFinding } from './insert-finding.ts';

let cache: DatabaseHandle;
let ledger: Ledger;

beforeEach(() => {
  cache = openCache();
  claimMirror(cache, 'test');
  ledger = ledgerWithReviewer();
});

function pull(rows: readonly ServerAnomalyRow[], nowMicroseconds = 1): void {
  const mirror = mirrorAnomalies(cache, nowMicroseconds, mirrorGuard(cache));
  mirror.add(rows);
  mirror.finish('read');
}

const list = () => readAnomalyList(cache, ledger.state(), { limit: 100 });
const get = (id: string) => getAnomaly(cache, ledger.state(), id).anomaly;
const dispose = (id: string, disposition: 'acknowledged' | 'false-positive' | 'escalated' = 'escalated') =>
  disposeAnomaly(cache, ledger, { id, disposition, note: 'as I see it' });
const settle = (dispositionId: string, outcome: string) =>
  ledger.append(() => [
    {
      type: 'sync-outcome',
      subject: null,
      actor: 'rita',
      payload: {
        items: [],
        anomalies: [{ anomaly: 'a', dispositionId, outcome, detail: null, server: null }],
      },
    },
  ]);

const judged = { reviewedBy: 'otto', reviewedText: '2026-11-03 09:00:00+00', disposition: 'true_positive' };

describe('anomalies of the source', () => {
  test('stand with their own words, and theirs is understood without being replaced', () => {
    pull([makeAnomalyRow('a', { severity: 'CRIT', score: null, ...judged })]);
    expect(get('a')).toMatchObject({
      severity: 'CRIT',
      score: null,
      status: 'reviewed',
      server: { disposition: 'true_positive', understoodAs: 'acknowledged', reviewedBy: 'otto' },
    });
    pull([makeAnomalyRow('a', { ...judged, disposition: 'sorted out' })], 2);
    expect(get('a').server).toMatchObject({ disposition: 'sorted out', understoodAs: null });
  });

  test('counts every status, and lists the newest of the wanted one', () => {
    pull([
      makeAnomalyRow('a', { detectedMicroseconds: 1_000_000 }),
      makeAnomalyRow('b', { detectedMicroseconds: 2_000_000 }),
      makeAnomalyRow('c', judged),
    ]);
    const { counts, total, anomalies } = readAnomalyList(cache, ledger.state(), { status: 'open', limit: 1 });
    expect(counts).toMatchObject({ open: 2, reviewed: 1, gone: 0 });
    expect([total, anomalies.map(({ id }) => id)]).toEqual([2, ['b']]);
  });

  test('one disposition is one entry; a correction before it is sent takes its place', () => {
    pull([makeAnomalyRow('a')]);
    const first = dispose('a', 'acknowledged').dispositionId!;
    expect(dispose('a', 'escalated')).toMatchObject({ status: 'escalated', sync: 'unsent' });
    const entries = ledger.entries().filter(({ entry }) => entry.type === 'anomaly-disposition');
    expect(entries.map(({ entry }) => entry.payload['supersedes'])).toEqual([null, first]);
    expect(openAnomalyIntents(ledger.state()).map(({ payload }) => payload.disposition)).toEqual([
      'escalated',
    ]);
  });

  test('one that left is settled before a correction, which then stays here', () => {
    pull([makeAnomalyRow('a')]);
    const first = dispose('a', 'acknowledged').dispositionId!;
    ledger.append(() => [
      {
        type: 'sync-sent',
        subject: null,
        actor: 'rita',
        payload: { decisions: [], anomalies: [{ id: first, stampMicroseconds: 5 }] },
      },
    ]);
    dispose('a', 'escalated');
    expect(openAnomalyIntents(ledger.state()).map(({ id }) => id)).toEqual([first]);
    settle(first, 'applied');
    expect(openAnomalyIntents(ledger.state())).toEqual([]);
    expect(get('a')).toMatchObject({ disposition: 'escalated', sync: 'local' });
  });

  test('a rejected one is open again and can be judged anew', () => {
    pull([makeAnomalyRow('a')]);
    settle(dispose('a').dispositionId!, 'rejected');
    expect(get('a').status).toBe('open');
    dispose('a', 'acknowledged');
    expect(openAnomalyIntents(ledger.state())).toHaveLength(1);
  });

  test('what vanished stays listed with what was made of it, from the ledger alone if need be', () => {
    pull([makeAnomalyRow('a')]);
    dispose('a');
    claimMirror(cache, 'deleted and made anew');
    expect(list().anomalies).toMatchObject([
      { id: 'a', status: 'gone', disposition: 'escalated', anomalyType: 'freq_spike', score: '6.20' },
    ]);
    expect(() => dispose('a')).toThrow(/no longer shows/);
  });

  test('a note is needed, and what was not there, judged elsewhere or changed is refused', () => {
    pull([makeAnomalyRow('a'), makeAnomalyRow('b', judged)]);
    const { digest } = get('a');
    expect(() => disposeAnomaly(cache, ledger, { id: 'a', disposition: 'escalated', note: ' ' })).toThrow(
      /needs a note/,
    );
    expect(() => dispose('unknown')).toThrow(/no such anomaly/);
    expect(() => dispose('b')).toThrow(/already judged/);
    pull([makeAnomalyRow('a', { context: null }), makeAnomalyRow('b', judged)], 2);
    expect(() =>
      disposeAnomaly(cache, ledger, { id: 'a', disposition: 'escalated', note: 'x', shown: digest }),
    ).toThrow(/changed after it was shown/);
    expect(ledger.entries().map(({ entry }) => entry.type)).toEqual(['reviewer-changed']);
  });

  test('nobody judges what is about themselves, whatever the letter case', () => {
    pull([makeAnomalyRow('a', { user: 'RITA' })]);
    expect(() => dispose('a')).toThrow(/about yourself/);
    expect(ledger.entries().at(-1)!.entry).toMatchObject({ type: 'self-review-refused', subject: 'a' });
  });

  test('entries older than anomalies are read as before', () => {
    ledger.append(() => [
      { type: 'sync-sent', subject: null, actor: '', payload: { decisions: [] } },
      { type: 'sync-outcome', subject: null, actor: '', payload: { items: [] } },
    ]);
    expect(openAnomalyIntents(ledger.state())).toEqual([]);
  });
});

describe('publishing', () => {
  test('is off by default, and turning it on or off is one entry each with its reason', () => {
    expect(readPublication(cache, ledger.state()).isOn).toBe(false);
    setPublication(ledger, { isOn: true, reason: 'asked for' });
    setPublication(ledger, { isOn: true, reason: 'asked for again' });
    setPublication(ledger, { isOn: false, reason: 'too many' });
    const entries = ledger.entries().filter(({ entry }) => entry.type === 'publication-changed');
    expect(entries.map(({ entry }) => entry.payload)).toEqual([
      { before: false, after: true, reason: 'asked for' },
      { before: true, after: false, reason: 'too many' },
    ]);
  });

  test('takes what stands and the table has a word for, each only until it is on record', () => {
    insertFinding(cache, 'nb-1');
    insertFinding(cache, 'nb-2');
    insertFinding(cache, 'drift-1', { detector: 'drift' });
    disposeFinding(cache, ledger, { id: 'nb-2', disposition: 'acknowledged', note: 'fine' });
    const { rows, notExpressible } = findingsToPublish(cache, ledger.state());
    expect([rows.map(({ finding }) => finding), notExpressible]).toEqual([['nb-1', 'nb-2'], 1]);
    disposeFinding(cache, ledger, { id: 'nb-2', disposition: 'false-positive', note: 'nothing' });
    ledger.append(() => [
      {
        type: 'publication',
        subject: null,
        actor: 'rita',
        payload: {
          phase: 'settled',
          items: [{ finding: 'nb-1', anomaly: publishedRowId('nb-1'), outcome: 'published', detail: null }],
        },
      },
    ]);
    expect(findingsToPublish(cache, ledger.state()).rows).toEqual([]);
  });

  test('never calls a score a z-score that is none, nor names a user that is no uuid', () => {
    const nb = publishedRowOf(makeFinding('f', { detector: 'nb', score: 12.3, actor: 'dana' }))!;
    expect([nb.zScore, nb.user]).toEqual([null, null]);
    const actor = '7f1d3c52-7d64-4c11-9f3a-0d2c8e5b9a10';
    const z3 = publishedRowOf(makeFinding('f', { detector: 'z3', score: 6.204, actor }))!;
    expect([z3.zScore, z3.user]).toEqual(['6.20', actor]);
    expect(publishedRowOf(makeFinding('f', { detector: 'z3', score: 1e6 }))!.zScore).toBeNull();
  });

  test('a published row is known again only by an id that bears out what it says', () => {
    const context = JSON.stringify({ countersign: { finding: 'nb-1' } });
    expect(publishedFindingOf({ id: publishedRowId('nb-1'), context })).toBe('nb-1');
    expect(publishedFindingOf({ id: publishedRowId('nb-2'), context })).toBeNull();
    for (const forged of ['"countersign"', '{"countersign": 1}', '{"countersign', null])
      expect(publishedFindingOf({ id: publishedRowId('nb-1'), context: forged })).toBeNull();
    pull([makeAnomalyRow(publishedRowId('nb-1'), { context })]);
    expect(list().anomalies[0]).toMatchObject({ status: 'published', publishedFinding: 'nb-1' });
  });

  test.each([
    ['mass', { deletions: 60 }, 'bulk_delete'],
    ['mass', { deletions: 0, exports: 60 }, null],
    ['first_seen', { newNetworks: [{ value: '203.0.113.0/24' }], newAddresses: [] }, 'new_ip'],
    ['first_seen', { newNetworks: [], newAddresses: [] }, null],
    ['security.impossible_travel', {}, 'impossible_travel'],
    ['rare_time', {}, null],
  ] as const)('%s with %o is %s in the published words', (detector, evidence, type) => {
    expect(
      anomalyTypeOf(makeFinding('f', { detector, evidence: JSON.parse(JSON.stringify(evidence)) })),
    ).toBe(type);
  });
});

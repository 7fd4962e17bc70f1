// Conflicts about anomalies in a pack: what the ledger says passes, and nothing else does.
import { beforeEach, expect, test } from 'vitest';
import { anomalyConflictLines } from '../../../src-main/evidence/anomaly-conflict-lines.ts';
import {
  anomalyRecords,
  checkAnomalyConflict,
} from '../../../src-main/evidence/checks/anomaly-conflict-checks.ts';
import { anomalyConflictLine, type AnomalyConflictLine } from '../../../src-main/evidence/pack-input.ts';
import { projectDecisions } from '../../../src-main/evidence/projection.ts';
import { closeAnomalyConflict } from '../../../src-main/review/close-anomaly-conflict.ts';
import { concurWithAnomaly } from '../../../src-main/review/concur-anomaly.ts';
import { disposeAnomaly } from '../../../src-main/review/dispose-anomaly.ts';
import type { Ledger } from '../../../src-main/review/ledger.ts';
import { claimMirror, mirrorGuard } from '../../../src-main/store/cache/mirror.ts';
import { mirrorAnomalies } from '../../../src-main/store/cache/server-anomalies.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { makeAnomalyRow } from '../../support/anomaly.ts';
import { ledgerWithReviewer, openCache } from '../../support/workspace.ts';

let cache: DatabaseHandle;
let ledger: Ledger;

const judgedByUma = { reviewedBy: 'uma', reviewedText: '2026-11-03 09:00:00+00' };

function pull(disposition: Readonly<Record<'a' | 'b' | 'c', string | null>>): void {
  const mirror = mirrorAnomalies(cache, 1, mirrorGuard(cache));
  mirror.add(
    (['a', 'b', 'c'] as const).map((id) =>
      makeAnomalyRow(id, {
        severity: 'critical',
        disposition: disposition[id],
        ...(disposition[id] === null ? {} : judgedByUma),
      }),
    ),
  );
  mirror.finish('read');
}

const become = (id: string) =>
  ledger.append(() => [
    { type: 'reviewer-changed', subject: id, actor: id, payload: { name: `The ${id}`, id, email: null } },
  ]);

/** a is closed and was sent, b is corroborated, c is open. */
beforeEach(() => {
  cache = openCache();
  claimMirror(cache, 'test');
  ledger = ledgerWithReviewer();
  pull({ a: null, b: null, c: null });
  for (const id of ['a', 'b', 'c'])
    disposeAnomaly(cache, ledger, { id, disposition: 'acknowledged', note: 'seen' });
  become('otto');
  concurWithAnomaly(cache, ledger, { id: 'a', agree: true, reason: 'looked' });
  const dispositionId = ledger.state().anomalies.dispositions.get('a')![0]!.id;
  ledger.append(() => [
    {
      type: 'sync-outcome',
      subject: null,
      actor: 'otto',
      payload: {
        items: [],
        anomalies: [
          { anomaly: 'a', dispositionId, outcome: 'superseded', detail: 'was first', server: null },
        ],
      },
    },
  ]);
  pull({ a: 'escalated', b: 'true_positive', c: 'false_positive' });
  closeAnomalyConflict(cache, ledger, { id: 'a', note: 'Uma was right.' });
});

function check(line: AnomalyConflictLine): void {
  const records = anomalyRecords();
  const projector = projectDecisions();
  for (const stored of ledger.entries()) {
    records.add(stored);
    projector.add(stored);
  }
  const closed = new Map(
    ledger
      .entries()
      .filter(({ entry }) => entry.type === 'conflict-closed')
      .map(({ entry }) => [entry.id, entry]),
  );
  checkAnomalyConflict(line, records, projector.end(), closed, 1);
}

const lineOf = (id: string) => anomalyConflictLines(cache, ledger.state()).find((one) => one.anomaly === id)!;

test('lines of this workspace are as the schema has them, and pass', () => {
  const lines = anomalyConflictLines(cache, ledger.state());
  expect(lines.map(({ anomaly, standing }) => [anomaly, standing])).toEqual([
    ['a', 'closed'],
    ['b', 'corroboration'],
    ['c', 'open'],
  ]);
  for (const line of lines) {
    expect(anomalyConflictLine.parse(line)).toEqual(line);
    expect(() => check(line)).not.toThrow();
  }
});

type Change = (line: AnomalyConflictLine) => Partial<AnomalyConflictLine>;
const ours =
  (change: Partial<AnomalyConflictLine['ours']>): Change =>
  (line) => ({ ours: { ...line.ours, ...change } });

test.each<[string, string, Change, RegExp]>([
  ['another disposition', 'a', ours({ disposition: 'escalated' }), /not what the ledger says/],
  ['another note', 'a', ours({ note: 'never' }), /not what the ledger says/],
  ['another reviewer', 'a', ours({ reviewer: 'uma' }), /not what the ledger says/],
  ['another time', 'a', ours({ at: '2026-11-16T00:00:01.000Z' }), /not what the ledger says/],
  ['another hash', 'a', ours({ hash: 'ab'.repeat(32) }), /not what the ledger says/],
  ['another digest', 'a', ours({ digest: 'ab'.repeat(32) }), /not what the ledger says/],
  ['another anomaly', 'a', () => ({ anomaly: 'b' }), /not what the ledger says/],
  [
    'somebody who never concurred',
    'b',
    (line) => ({ ours: { ...line.ours, second: { ...line.ours.second!, state: 'agreed' } } }),
    /not what the ledger says/,
  ],
  [
    'a second person left out',
    'a',
    ({ ours: { second: _second, ...rest } }) => ({ ours: rest }),
    /not what the ledger says/,
  ],
  ['an outcome it had not', 'a', () => ({ outcome: 'changed' }), /not what the ledger says/],
  ['an outcome that is not on record', 'c', () => ({ outcome: 'superseded' }), /not what the ledger says/],
  ['an outcome kept quiet', 'a', () => ({ outcome: null }), /not what the ledger says/],
  [
    'another closing note',
    'a',
    ({ closings }) => ({ closings: closings.map((one) => ({ ...one, note: 'no' })) }),
    /does not have/,
  ],
  ['an entry that is not there', 'a', () => ({ entries: ['01ARZ3NDEKTSV4RRFFQ69G5FAV'] }), /does not have/],
  ['an open one called closed', 'c', () => ({ standing: 'closed' }), /called what it is not/],
  ['a closed one called open', 'a', () => ({ standing: 'open' }), /called what it is not/],
  ['a closed one whose row is another', 'a', () => ({ row: 'ab'.repeat(32) }), /called what it is not/],
  ['a conflict called a corroboration', 'c', () => ({ standing: 'corroboration' }), /called what it is not/],
  [
    'a corroboration of oneself',
    'b',
    ({ server }) => ({ server: { ...server!, reviewedBy: 'RITA' } }),
    /called what it is not/,
  ],
])('%s is noticed', (_what, id, change, sentence) => {
  const line = lineOf(id);
  expect(() => check({ ...line, ...change(line) })).toThrow(sentence);
});

// Conflicts about the source's own anomalies: what is one, which sides it has, and how closing and re-opening go.
import { beforeEach, describe, expect, test } from 'vitest';
import type { ServerDisposition } from '../../../src-shared/model/anomaly.ts';
import type { Disposition } from '../../../src-shared/model/finding.ts';
import { getAnomaly } from '../../../src-main/review/anomalies.ts';
import { detailAnomalyConflict, listAnomalyConflicts } from '../../../src-main/review/anomaly-conflicts.ts';
import { closeAnomalyConflict } from '../../../src-main/review/close-anomaly-conflict.ts';
import { disposeAnomaly } from '../../../src-main/review/dispose-anomaly.ts';
import { addAliases } from '../../../src-main/review/independence-acts.ts';
import type { Ledger } from '../../../src-main/review/ledger.ts';
import { countQueue } from '../../../src-main/review/queue-counts.ts';
import { rebuildLedger } from '../../../src-main/review/rebuild.ts';
import { claimMirror, mirrorGuard } from '../../../src-main/store/cache/mirror.ts';
import { mirrorAnomalies, type ServerAnomalyRow } from '../../../src-main/store/cache/server-anomalies.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { openAnomalyIntents } from '../../../src-main/sync/anomaly-outbox.ts';
import { makeAnomalyRow } from '../../support/anomaly.ts';
import { ledgerWithReviewer, openCache } from '../../support/workspace.ts';

const nowUs = Date.parse('2026-11-16T00:00:00Z') * 1000;
const stampUs = Date.parse('2026-11-15T23:59:59.5Z') * 1000;

let cache: DatabaseHandle;
let ledger: Ledger;
let pulls = 0;

beforeEach(() => {
  cache = openCache();
  claimMirror(cache, 'test');
  ledger = ledgerWithReviewer();
  pulls = 0;
  pull(makeAnomalyRow('a'));
});

/** Each pull is a second after the one before, the first a second before the ledger's clock. */
function pull(...rows: ServerAnomalyRow[]): void {
  const mirror = mirrorAnomalies(cache, nowUs + (pulls++ - 1) * 1_000_000 + 1, mirrorGuard(cache));
  mirror.add(rows);
  mirror.finish('read');
}

const judged = (
  disposition: string,
  changes: Partial<ServerAnomalyRow> = {},
  reviewedBy: string | null = 'otto',
) =>
  makeAnomalyRow('a', {
    reviewedBy,
    reviewedText: '2026-11-15 09:00:00+00',
    reviewedMicroseconds: Date.parse('2026-11-15T09:00:00Z') * 1000,
    disposition,
    ...changes,
  });
const ours = (disposition = 'true_positive') =>
  judged(disposition, { reviewedText: '2026-11-15 23:59:59.5+00', reviewedMicroseconds: stampUs }, 'rita');
const dispose = (disposition: Disposition = 'acknowledged') =>
  disposeAnomaly(cache, ledger, { id: 'a', disposition, note: 'as I see it' });
const list = () => listAnomalyConflicts(cache, ledger.state());
const only = () => list()[0] ?? null;
const counts = () => countQueue(cache, ledger.state(), nowUs);
const close = (shown?: { decision: string; row: string | null }) =>
  closeAnomalyConflict(cache, ledger, { id: 'a', note: 'talked to Otto', shown });
const flagged = () => getAnomaly(cache, ledger.state(), 'a').anomaly.conflict;

function settle(outcome: string, server: ServerDisposition | null = null): void {
  const { id } = ledger.state().anomalies.dispositions.get('a')!.at(-1)!;
  ledger.append(() => [
    {
      type: 'sync-sent',
      subject: null,
      actor: 'rita',
      payload: { decisions: [], anomalies: [{ id, stampMicroseconds: stampUs }] },
    },
    {
      type: 'sync-outcome',
      subject: null,
      actor: 'rita',
      payload: { items: [], anomalies: [{ anomaly: 'a', dispositionId: id, outcome, detail: null, server }] },
    },
  ]);
}

const written: ServerDisposition = {
  disposition: 'true_positive',
  understoodAs: 'acknowledged',
  reviewedBy: 'rita',
  reviewedAt: '2026-11-15T23:59:59.500Z',
};
const theirs: ServerDisposition = {
  disposition: 'escalated',
  understoodAs: 'escalated',
  reviewedBy: 'otto',
  reviewedAt: '2026-11-15T09:00:00.000Z',
};

describe('what is a conflict', () => {
  test('the server was judged otherwise, before ours was sent or as it answered', () => {
    dispose();
    expect(only()).toBeNull();
    settle('superseded', theirs);
    const first = only();
    expect(first).toMatchObject({ kind: 'anomaly', standing: 'open', cause: 'decided-first', theirs });
    pull(judged('escalated'));
    expect(only()).toMatchObject({
      standing: 'open',
      cause: 'decided-first',
      ours: { disposition: 'acknowledged', reviewer: 'rita', sync: 'superseded' },
      theirs: { disposition: 'escalated', reviewedBy: 'otto' },
    });
    pull(judged('sorted out'));
    expect(only()).toMatchObject({ standing: 'open', theirs: { understoodAs: null } });
    expect([counts().conflicts, flagged()]).toEqual([1, true]);
  });

  test('somebody else judging the same is a corroboration, counted apart; the same person is not', () => {
    dispose();
    pull(judged('true_positive'));
    expect(only()).toMatchObject({ standing: 'corroboration', cause: 'decided-first' });
    expect(counts()).toMatchObject({ conflicts: 0, corroborations: 1 });
    expect(flagged()).toBe(false);
    expect(() => close()).toThrow(/decided the same/);
    addAliases(ledger, { add: ['otto'], reason: 'one person' });
    expect(only()).toMatchObject({ standing: 'open' });
    pull(judged('true_positive', {}, null));
    expect(only()).toMatchObject({ standing: 'open' });
  });

  test('ours was written, and what stands there was changed, or taken away, afterwards', () => {
    dispose();
    settle('applied', written);
    expect(only()).toBeNull();
    pull(ours());
    expect(only()).toBeNull();
    pull(judged('false_positive'));
    expect(only()).toMatchObject({ standing: 'open', cause: 'row-altered', theirs: { reviewedBy: 'otto' } });
    pull(makeAnomalyRow('a'));
    expect(only()).toMatchObject({ cause: 'row-altered', theirs: null });
  });

  test.each([
    ['another word', { disposition: 'false_positive', understoodAs: 'false-positive' as const }],
    ['another reviewer', { reviewedBy: 'otto' }],
    ['no time', { reviewedAt: null }],
  ])('what a trigger made of ours is a conflict at once: %s', (_, changes) => {
    dispose();
    settle('applied', { ...written, ...changes });
    expect(only()).toMatchObject({ standing: 'open', cause: 'row-altered' });
  });

  test.each([
    ['ours', 'applied', written, 'row-altered', null],
    ['somebody else’s', 'superseded', theirs, 'decided-first', { reviewedBy: 'otto' }],
  ])('a row that lost %s is open; judged anew that is sent, and a conflict until then', (...row) => {
    const [, outcome, server, cause, left] = row;
    dispose();
    settle(outcome, server);
    pull(makeAnomalyRow('a'));
    pull(makeAnomalyRow('a'));
    expect(only()).toMatchObject({ standing: 'open', cause, theirs: left });
    expect(getAnomaly(cache, ledger.state(), 'a').anomaly.status).toBe('open');
    expect(openAnomalyIntents(ledger.state())).toEqual([]);
    dispose('escalated');
    const anew = ledger.state().anomalies.dispositions.get('a')!.at(-1)!;
    expect(openAnomalyIntents(ledger.state())).toEqual([anew]);
    expect(only()).toMatchObject({ standing: 'open', cause, ours: { id: anew.id, sync: 'unsent' } });
    expect(getAnomaly(cache, ledger.state(), 'a').anomaly.status).toBe('escalated');
    settle('applied', { ...written, disposition: 'escalated', understoodAs: 'escalated' });
    pull(ours('escalated'));
    expect(only()).toBeNull();
    expect(openAnomalyIntents(ledger.state())).toEqual([]);
  });

  test('a row with the moment of ours and other words was altered, not judged first', () => {
    dispose();
    settle('superseded', { ...written, disposition: 'escalated', understoodAs: 'escalated' });
    expect(only()).toMatchObject({ cause: 'row-altered' });
  });

  test('a correction after ours was written differs until both say the same', () => {
    dispose();
    settle('applied', written);
    pull(ours());
    dispose('escalated');
    expect(only()).toMatchObject({ standing: 'open', cause: 'late-correction' });
    dispose('acknowledged');
    expect(only()).toBeNull();
  });

  test('the scorer’s words changed since ours, which was therefore not written, or was before', () => {
    dispose();
    pull(makeAnomalyRow('a', { score: '9.99', context: null }));
    expect(only()).toMatchObject({ standing: 'open', cause: 'row-changed', theirs: null });
    expect(detailAnomalyConflict(cache, ledger.state(), 'a').changes).toEqual([
      { field: 'score', shown: '6.20', now: '9.99' },
      { field: 'context', shown: '{"action": "report.run"}', now: null },
    ]);
    dispose('escalated');
    expect(only()).toBeNull();
    settle('applied', { ...written, disposition: 'escalated', understoodAs: 'escalated' });
    pull({ ...ours('escalated'), score: '1.00', context: null });
    expect(only()).toMatchObject({ cause: 'row-changed' });
  });

  test('the row was changed or gone as the server answered, until the next pull says otherwise', () => {
    dispose();
    settle('changed');
    expect(only()).toMatchObject({ cause: 'row-changed' });
    pull(makeAnomalyRow('a'));
    expect(only()).toBeNull();
    settle('not-visible');
    pulls = 0;
    pull(makeAnomalyRow('a'));
    expect(only()).toMatchObject({ cause: 'vanished' });
    pulls = 5;
    pull(makeAnomalyRow('a'));
    expect(only()).toBeNull();
  });

  test('the row vanished before ours was written; one that took ours may go', () => {
    dispose();
    pull();
    expect(only()).toMatchObject({ standing: 'open', cause: 'vanished', row: null, theirs: null });
    expect(flagged()).toBe(true);
    pull(makeAnomalyRow('a'));
    expect(only()).toBeNull();
    settle('applied', written);
    pull();
    expect(only()).toBeNull();
  });

  test('nothing is said of rows nobody has looked for since the mirror was made anew', () => {
    dispose();
    claimMirror(cache, 'deleted and made anew');
    expect(list()).toEqual([]);
  });

  test('an answer that was lost, a rejected one, and other sources’ rows are none', () => {
    dispose();
    const { id } = ledger.state().anomalies.dispositions.get('a')!.at(-1)!;
    ledger.append(() => [
      {
        type: 'sync-sent',
        subject: null,
        actor: 'rita',
        payload: { decisions: [], anomalies: [{ id, stampMicroseconds: stampUs }] },
      },
    ]);
    pull(ours());
    expect(only()).toBeNull();
    pull(makeAnomalyRow('a'));
    settle('rejected');
    expect(only()).toBeNull();
  });

  test('one that awaits its second person is a side, too', () => {
    pull(makeAnomalyRow('a', { severity: 'critical' }));
    dispose();
    pull(judged('false_positive', { severity: 'critical' }));
    expect(only()).toMatchObject({ cause: 'decided-first', ours: { sync: 'awaiting-second' } });
  });
});

describe('closing', () => {
  test('on the answer of the database holds when a pull finds the same', () => {
    dispose();
    settle('superseded', theirs);
    expect(close()).toMatchObject({ standing: 'closed' });
    pull(judged('escalated'));
    expect(only()).toMatchObject({ standing: 'closed', cause: 'decided-first' });
    pull(judged('escalated', { reviewedBy: 'uma' }));
    expect(only()).toMatchObject({ standing: 'open', reopened: true });
  });

  test('is one entry with the note and what stood there; it holds until the row or ours is another one', () => {
    dispose();
    pull(judged('escalated'));
    const { ours: side, row } = only()!;
    expect(() => close({ decision: side.id, row: null })).toThrow(/changed after it was shown/);
    expect(close({ decision: side.id, row })).toMatchObject({
      standing: 'closed',
      closing: { note: 'talked to Otto', byName: 'Rita Reviewer', disposition: side.id, row },
    });
    expect(ledger.entries().at(-1)!.entry).toMatchObject({
      type: 'conflict-closed',
      subject: 'a',
      payload: { anomaly: 'a', disposition: side.id, server: theirs, row },
    });
    expect(counts()).toMatchObject({ conflicts: 0, closedConflicts: 1 });
    expect(flagged()).toBe(false);
    expect(() => close()).toThrow(/closed already/);
    pull();
    expect(only()).toMatchObject({ standing: 'closed', row: null });
    pull(judged('false_positive'));
    expect(only()).toMatchObject({ standing: 'open', reopened: true });
    pull(judged('escalated'));
    expect(only()).toMatchObject({ standing: 'closed' });
    pull(makeAnomalyRow('a'));
    expect(only()).toMatchObject({ standing: 'closed', cause: null });
    expect(rebuildLedger(ledger)).toMatchObject({ difference: null });
  });

  test('is nothing for the person it is about', () => {
    dispose();
    pull(judged('escalated'));
    addAliases(ledger, { add: ['dana'], reason: 'HR list' });
    expect(() => close()).toThrow(/action of your own/);
    expect(() => closeAnomalyConflict(cache, ledger, { id: 'b', note: 'x' })).toThrow(/no conflict/);
  });

  test('is named in the trail, with every other entry about the anomaly and none about a review of its id', () => {
    dispose();
    settle('superseded', theirs);
    close();
    const { entries, closings, seen } = detailAnomalyConflict(cache, ledger.state(), 'a');
    expect(entries.map(({ type }) => type)).toEqual([
      'anomaly-disposition',
      'sync-sent',
      'sync-outcome',
      'conflict-closed',
    ]);
    expect([closings.length, seen]).toEqual([1, 'answer']);
    expect(ledger.state().trails.get('a')).toBeUndefined();
    expect(ledger.state().closings.size).toBe(0);
  });
});

// Dispositions of the source's anomalies that need a second person: what waits, what leaves, and who may speak.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Disposition } from '../../../src-shared/model/finding.ts';
import { getAnomaly, listAwaitingAnomalies, readAnomalyList } from '../../../src-main/review/anomalies.ts';
import { concurWithAnomaly } from '../../../src-main/review/concur-anomaly.ts';
import { disposeAnomaly } from '../../../src-main/review/dispose-anomaly.ts';
import { anomalyTrail } from '../../../src-main/review/entry-trail.ts';
import { rulesForAnomaly } from '../../../src-main/review/four-eyes.ts';
import { addAliases, changeFourEyes } from '../../../src-main/review/independence-acts.ts';
import type { Ledger } from '../../../src-main/review/ledger.ts';
import { rebuildLedger } from '../../../src-main/review/rebuild.ts';
import { claimMirror, mirrorGuard } from '../../../src-main/store/cache/mirror.ts';
import { mirrorAnomalies, type ServerAnomalyRow } from '../../../src-main/store/cache/server-anomalies.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { openAnomalyIntents } from '../../../src-main/sync/anomaly-outbox.ts';
import { defaultFourEyesRules } from '../../../src-shared/model/independence.ts';
import { makeAnomalyRow } from '../../support/anomaly.ts';
import { ledgerWithReviewer, openCache } from '../../support/workspace.ts';

let cache: DatabaseHandle;
let ledger: Ledger;

beforeEach(() => {
  cache = openCache();
  claimMirror(cache, 'test');
  ledger = ledgerWithReviewer();
  pull(makeAnomalyRow('a', { severity: 'Critical' }), makeAnomalyRow('b', { severity: 'medium' }));
});

function pull(...rows: ServerAnomalyRow[]): void {
  const mirror = mirrorAnomalies(cache, 1, mirrorGuard(cache));
  mirror.add(rows);
  mirror.finish('read');
}

const details = (id = 'a') => getAnomaly(cache, ledger.state(), id);
const anomaly = (id = 'a') => details(id).anomaly;
const dispose = (disposition: Disposition, id = 'a') =>
  disposeAnomaly(cache, ledger, { id, disposition, note: 'as I see it' });
const concur = (agree = true, id = 'a', shown?: string) =>
  concurWithAnomaly(cache, ledger, { id, agree, reason: 'looked at the ticket', shown });
const become = (id: string) =>
  ledger.append(() => [
    { type: 'reviewer-changed', subject: id, actor: id, payload: { name: `The ${id}`, id, email: null } },
  ]);
const intents = () => openAnomalyIntents(ledger.state()).map(({ payload }) => payload.disposition);
const last = () => ledger.entries().at(-1)!.entry;

test('by default: everything said of a critical one, and a false positive on a high one', () => {
  const found = (disposition: Disposition, severity: string | null) =>
    rulesForAnomaly(defaultFourEyesRules, { disposition, severity });
  expect(found('false-positive', 'HIGH')).toEqual(['false-positive-high']);
  expect(found('false-positive', 'critical')).toEqual(['false-positive-high', 'critical-anomaly']);
  expect(found('acknowledged', ' Critical ')).toEqual(['critical-anomaly']);
  expect(found('escalated', 'critical')).toEqual(['critical-anomaly']);
  expect(found('acknowledged', 'high')).toEqual([]);
  expect(found('false-positive', 'medium')).toEqual([]);
  expect(found('false-positive', null)).toEqual([]);
});

describe('what needs a second person', () => {
  test('is not sent and not final before that person concurs, and then is both', () => {
    dispose('acknowledged');
    expect(anomaly()).toMatchObject({
      status: 'open',
      disposition: null,
      dispositionId: null,
      sync: 'awaiting-second',
      proposal: { disposition: 'acknowledged', by: 'rita', second: { state: 'awaiting' } },
    });
    expect(intents()).toEqual([]);
    expect(listAwaitingAnomalies(cache, ledger.state()).map(({ id }) => id)).toEqual(['a']);
    expect(readAnomalyList(cache, ledger.state(), { limit: 9 }).counts).toMatchObject({ open: 2 });
    become('otto');
    expect(details().independence).toEqual({ isOwnAction: false, canConcur: true });
    concur(true, 'a', anomaly().digest);
    expect(last()).toMatchObject({
      type: 'concurrence',
      subject: 'a',
      actor: 'otto',
      payload: { about: 'anomaly', agree: true },
    });
    expect(anomaly()).toMatchObject({ status: 'acknowledged', disposition: 'acknowledged', sync: 'unsent' });
    expect(intents()).toEqual(['acknowledged']);
    expect(listAwaitingAnomalies(cache, ledger.state())).toEqual([]);
    expect(details().independence.canConcur).toBe(false);
    expect(rebuildLedger(ledger)).toMatchObject({ difference: null });
  });

  test('leaves what counted before in force, and keeps it from being sent', () => {
    pull(makeAnomalyRow('a', { severity: 'high' }));
    dispose('acknowledged');
    expect(intents()).toEqual(['acknowledged']);
    dispose('false-positive');
    expect(anomaly()).toMatchObject({ status: 'acknowledged', sync: 'awaiting-second' });
    expect(intents()).toEqual([]);
    become('otto');
    concur();
    expect(anomaly()).toMatchObject({ status: 'false-positive', sync: 'unsent' });
    expect(intents()).toEqual(['false-positive']);
  });

  test('is held up by one disagreement, also after somebody concurred', () => {
    dispose('escalated');
    become('otto');
    concur();
    expect(intents()).toEqual(['escalated']);
    become('uma');
    concur(false);
    expect(anomaly()).toMatchObject({ status: 'open', sync: 'disagreed' });
    expect(intents()).toEqual([]);
  });

  test('is neither the first reviewer’s nor the user’s to second, under whatever id', () => {
    dispose('acknowledged');
    expect(() => concur()).toThrow(/first reviewer cannot be the second/);
    expect(details().independence).toEqual({ isOwnAction: false, canConcur: false });
    become('dana.private');
    addAliases(ledger, { add: ['DANA'], reason: 'HR list' });
    expect(details().independence).toEqual({ isOwnAction: true, canConcur: false });
    expect(() => concur()).toThrow(/cannot be the second person/);
    expect(last()).toMatchObject({
      type: 'self-review-refused',
      subject: 'a',
      payload: { anomaly: 'a', concurrenceWith: expect.any(String) as string },
    });
    expect(intents()).toEqual([]);
  });

  test('is waiting again once the second is known to be the first', () => {
    dispose('acknowledged');
    become('rita-2');
    concur();
    expect(intents()).toEqual(['acknowledged']);
    addAliases(ledger, { add: ['rita'], reason: 'one person', isSamePerson: true });
    expect(anomaly()).toMatchObject({ status: 'open', sync: 'awaiting-second' });
    expect(intents()).toEqual([]);
  });

  test('is waiting again once the second is known to be the user it is about', () => {
    dispose('acknowledged');
    become('otto');
    concur();
    addAliases(ledger, { add: ['dana'], reason: 'HR list' });
    expect(anomaly()).toMatchObject({
      sync: 'awaiting-second',
      proposal: { second: { concurrences: [{ counts: false }] } },
    });
    expect(intents()).toEqual([]);
  });

  test('stands once it is in the database, whatever is learned of the second afterwards', () => {
    const made = dispose('escalated').proposal!;
    become('otto');
    concur();
    ledger.append(() => [
      {
        type: 'sync-outcome',
        subject: null,
        actor: 'otto',
        payload: {
          items: [],
          anomalies: [
            { anomaly: 'a', dispositionId: made.id, outcome: 'applied', detail: null, server: null },
          ],
        },
      },
    ]);
    addAliases(ledger, { add: ['dana'], reason: 'HR list' });
    expect(anomaly()).toMatchObject({ status: 'escalated', dispositionId: made.id, sync: 'applied' });
    expect(anomaly().proposal!.second.state).toBe('awaiting');
  });

  test('has a trail of its own, apart from that of a review item of the same id', () => {
    dispose('acknowledged');
    become('otto');
    concur();
    const { trails } = ledger.state();
    expect(trails.get('a')).toBeUndefined();
    expect(trails.get(anomalyTrail('a'))!.map(({ type }) => type)).toEqual([
      'anomaly-disposition',
      'concurrence',
    ]);
  });

  test('is seconded as it was shown to the first, or not at all', () => {
    expect(() => concur()).toThrow(/nothing here for a second person/);
    expect(() => concur(true, 'unknown')).toThrow(/nothing here for a second person/);
    dispose('acknowledged', 'b');
    expect(() => concur(true, 'b')).toThrow(/No rule asked/);
    dispose('acknowledged');
    become('otto');
    const { digest } = anomaly();
    pull(makeAnomalyRow('a', { severity: 'Critical', score: '9.99' }));
    expect(() => concur(true, 'a', digest)).toThrow(/changed after it was shown to you/);
    expect(() => concur()).toThrow(/changed after the first reviewer/);
    const theirs = { reviewedBy: 'uma', reviewedText: '2026-11-03 09:00:00+00', disposition: 'escalated' };
    pull(makeAnomalyRow('a', { severity: 'Critical', ...theirs }));
    expect(() => concur()).toThrow(/already judged/);
    expect(listAwaitingAnomalies(cache, ledger.state())).toEqual([]);
    pull();
    expect(() => concur()).toThrow(/no longer shows/);
  });

  test('keeps the rules it was recorded under', () => {
    dispose('acknowledged');
    changeFourEyes(ledger, { rules: [], reason: 'too slow' });
    expect(intents()).toEqual([]);
    expect(dispose('acknowledged')).toMatchObject({ status: 'acknowledged', sync: 'unsent' });
  });

  test('entries older than such rules needed nobody', () => {
    ledger.append(() => [
      {
        type: 'anomaly-disposition',
        subject: 'a',
        actor: 'rita',
        payload: {
          anomaly: 'a',
          disposition: 'acknowledged',
          note: 'seen',
          digest: anomaly().digest,
          shown: {
            tenant: null,
            user: 'dana',
            anomalyType: 'freq_spike',
            severity: 'Critical',
            score: null,
            detectedText: null,
            detectedAt: null,
            context: null,
            contextSha256: null,
          },
          supersedes: null,
          reviewerName: 'Rita',
        },
      },
    ]);
    expect(anomaly()).toMatchObject({ status: 'acknowledged', sync: 'unsent' });
    expect(anomaly().proposal).toBeUndefined();
    expect(intents()).toEqual(['acknowledged']);
  });
});

describe('nobody judges what is about themselves', () => {
  test('by id, or by an alias stated before', () => {
    addAliases(ledger, { add: ['dana'], reason: 'HR list' });
    expect(details().independence.isOwnAction).toBe(true);
    expect(() => dispose('acknowledged')).toThrow(/about yourself/);
    expect(last()).toMatchObject({ type: 'self-review-refused', subject: 'a', payload: { anomaly: 'a' } });
    expect(anomaly()).toMatchObject({ status: 'open', sync: null });
  });
});

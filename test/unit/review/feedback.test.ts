import { beforeEach, describe, expect, test } from 'vitest';
import { confirmedHours, measureFeedback, orderByFeedback } from '../../../src-main/review/feedback.ts';
import { disposeFinding } from '../../../src-main/review/dispose-finding.ts';
import { listFindings } from '../../../src-main/review/findings.ts';
import type { Ledger } from '../../../src-main/review/ledger.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { ledgerWithReviewer, openCache, stoppedClock } from '../../support/workspace.ts';
import { hourUs, insertFinding, startUs } from './insert-finding.ts';

const clock = stoppedClock('2026-11-16T00:00:00Z');
const nowUs = clock.nowMs() * 1000;
const firstHour = startUs / hourUs;

let cache: DatabaseHandle;
let ledger: Ledger;

beforeEach(() => {
  cache = openCache();
  ledger = ledgerWithReviewer(undefined, clock);
});

const dispose = (id: string, disposition: 'escalated' | 'false-positive' | 'acknowledged') =>
  disposeFinding(cache, ledger, { id, disposition, note: 'as I see it' });
const order = (atUs = nowUs) =>
  orderByFeedback(listFindings(cache, ledger.state()), ledger.state(), atUs).map(({ id }) => id);

describe('confirmed hours', () => {
  test('are the hours of what was escalated, whole or begun, and of nothing else', () => {
    insertFinding(cache, 'hour');
    insertFinding(cache, 'burst', {
      detector: 'mass',
      startMicroseconds: startUs + 10.9 * hourUs,
      endMicroseconds: startUs + 12.1 * hourUs,
    });
    insertFinding(cache, 'month', { endMicroseconds: startUs + 700 * hourUs, detector: 'dormant' });
    insertFinding(cache, 'nobody', { actor: '', detector: 'gap' });
    insertFinding(cache, 'false', { startMicroseconds: startUs + 30 * hourUs });
    for (const id of ['hour', 'burst', 'month', 'nobody']) dispose(id, 'escalated');
    dispose('false', 'false-positive');
    expect(confirmedHours(ledger.state()).map(({ hour }) => hour - firstHour)).toEqual([0, 10, 11, 12]);
    expect(confirmedHours(ledger.state())[0]).toEqual({
      sourceAccount: 'primary',
      actor: 'dana',
      hour: firstHour,
    });
    dispose('hour', 'acknowledged');
    expect(confirmedHours(ledger.state()).map(({ hour }) => hour - firstHour)).toEqual([10, 11, 12]);
  });

  test('come out of entries written before findings had an end', () => {
    ledger.append(() => [
      {
        type: 'disposition',
        tenant: 'primary',
        subject: 'old',
        actor: 'rita',
        payload: {
          finding: 'old',
          disposition: 'escalated',
          note: 'x',
          digest: 'd',
          shown: { detector: 'z3', actor: 'dana', action: 'a', start: '2026-11-02T05:00:00.000Z', count: 5 },
          reviewerName: 'Rita',
        },
      },
    ]);
    expect(confirmedHours(ledger.state())).toEqual([
      { sourceAccount: 'primary', actor: 'dana', hour: firstHour + 5 },
    ]);
  });
});

describe('the order of findings', () => {
  test('within a severity follows score and precision, and severity comes first', () => {
    insertFinding(cache, 'nb-strong', { score: 5 });
    insertFinding(cache, 'mass', { detector: 'mass', score: 4.5 });
    insertFinding(cache, 'high', { detector: 'mass', score: 1, severity: 'high' });
    insertFinding(cache, 'z3', { detector: 'z3', score: 99, severity: 'critical' });
    expect(order()).toEqual(['high', 'nb-strong', 'mass', 'z3']);
    insertFinding(cache, 'nb-false', { actor: 'omar', score: 1 });
    dispose('nb-false', 'false-positive');
    // nb is right in 1 of 3 now: 5 × (0.5 + 1/3) = 4.17, below 4.5 × (0.5 + 1/2).
    expect(order()).toEqual(['high', 'mass', 'nb-strong', 'nb-false', 'z3']);
  });

  test('five false positives about one actor tune it down, for a while, and hide nothing', () => {
    for (let index = 0; index < 5; index += 1) {
      insertFinding(cache, `false-${index}`, { score: 3, startMicroseconds: startUs + index * hourUs });
      dispose(`false-${index}`, 'false-positive');
    }
    insertFinding(cache, 'next', { score: 3.5, severity: 'medium', startMicroseconds: startUs + 9 * hourUs });
    insertFinding(cache, 'sure', { score: 6, severity: 'high', startMicroseconds: startUs + 8 * hourUs });
    insertFinding(cache, 'omar', { actor: 'omar', score: 2.9, severity: 'low' });
    expect(order().slice(0, 3)).toEqual(['sure', 'omar', 'next']);
    expect(order()).toHaveLength(8);
    expect(measureFeedback(ledger.state(), nowUs).tunedDown).toEqual([
      { detector: 'nb', sourceAccount: 'primary', actor: 'dana', falsePositives: 5, thresholdRise: 1 },
    ]);
    const later = nowUs + 61 * 24 * hourUs;
    expect(order(later).slice(0, 2)).toEqual(['sure', 'next']);
    expect(order(later).at(-1)).toBe('omar');
    dispose('next', 'escalated');
    expect(measureFeedback(ledger.state(), nowUs).tunedDown).toEqual([]);
  });

  test('feedback about deterministic rules moves nothing', () => {
    for (let index = 0; index < 9; index += 1) {
      insertFinding(cache, `sod-${index}`, {
        detector: 'sod',
        score: 1,
        startMicroseconds: startUs + index * hourUs,
      });
      if (index < 8) dispose(`sod-${index}`, 'false-positive');
    }
    insertFinding(cache, 'mass', { detector: 'mass', score: 0.99 });
    expect(order().at(-1)).toBe('mass');
    expect(measureFeedback(ledger.state(), nowUs).tunedDown).toEqual([]);
  });
});

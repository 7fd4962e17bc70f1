import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ExceptionRequest } from '../../../src-shared/contract/detection.ts';
import {
  endException,
  grantException,
  listExceptions,
  previewException,
} from '../../../src-main/review/exceptions.ts';
import { measureFeedback } from '../../../src-main/review/feedback.ts';
import { disposeFinding } from '../../../src-main/review/dispose-finding.ts';
import { countSuppressed, getFinding, listFindings } from '../../../src-main/review/findings.ts';
import { openLedger, type Ledger } from '../../../src-main/review/ledger.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { ledgerWithReviewer, openCache, openLedgerFile, stoppedClock } from '../../support/workspace.ts';
import { hourUs, insertFinding, startUs } from './insert-finding.ts';

const clock = stoppedClock('2026-11-16T00:00:00Z');
const nowUs = clock.nowMs() * 1000;
const weekUs = 168 * hourUs;

let cache: DatabaseHandle;
let ledger: Ledger;

beforeEach(() => {
  cache = openCache();
  ledger = ledgerWithReviewer(undefined, clock);
});

const request: ExceptionRequest = {
  detector: 'nb',
  sourceAccount: 'primary',
  entityKind: 'actor',
  entity: 'dana',
  action: 'document.read',
  hourOfWeek: null,
  maximumCount: 10,
  expiresAt: '2026-12-16T00:00:00.000Z',
  owner: 'Otto Other',
  reason: 'a migration that Otto runs',
};
const grant = (changes: Partial<ExceptionRequest> = {}) =>
  grantException(ledger, cache, { ...request, ...changes }, nowUs);
const open = () => listFindings(cache, ledger.state(), 'open').map(({ id }) => id);
const dispose = (id: string, disposition: 'escalated' | 'false-positive' | 'acknowledged') =>
  disposeFinding(cache, ledger, { id, disposition, note: 'as I see it' });

describe('granting', () => {
  test('hides what it was granted for, what is alike and no more, and says which exception did', () => {
    insertFinding(cache, 'for');
    insertFinding(cache, 'larger', { count: 11, startMicroseconds: startUs + hourUs });
    insertFinding(cache, 'other', { actor: 'omar' });
    const before = previewException(cache, ledger.state(), request);
    expect(before).toEqual({ wouldHide: ['for'], confirmed: [] });
    const { id, hides } = grant({ finding: 'for' });
    expect(hides).toBe(1);
    expect(open().toSorted()).toEqual(['larger', 'other']);
    const all = listFindings(cache, ledger.state());
    expect(all).toHaveLength(3);
    expect(all.find((finding) => finding.id === 'for')).toMatchObject({
      suppressedBy: id,
      blindCheck: false,
    });
    expect(countSuppressed(all)).toEqual([{ detector: 'nb', count: 1 }]);
    expect(previewException(cache, ledger.state(), request).wouldHide).toEqual([]);
  });

  test('once ended it hides nothing any more, and cannot be ended twice', () => {
    insertFinding(cache, 'for');
    const { id } = grant({ finding: 'for' });
    expect(open()).toEqual([]);
    expect(endException(ledger, cache, { id, reason: 'done' })).toMatchObject({
      endedAt: '2026-11-16T00:00:00.000Z',
      hides: 0,
    });
    expect(open()).toEqual(['for']);
    expect(() => endException(ledger, cache, { id, reason: 'again' })).toThrow(/already ended/);
    expect(() => endException(ledger, cache, { id: 'none', reason: 'x' })).toThrow(/no such exception/);
  });

  test('is refused when it would hide what somebody escalated, and names it', () => {
    insertFinding(cache, 'nb-true');
    dispose('nb-true', 'escalated');
    const entries = ledger.state().entries;
    expect(() => grant()).toThrow('This exception would hide the finding nb-true, which somebody escalated');
    expect(() => grant({ action: null })).toThrow(/nb-true/);
    expect(ledger.state().entries).toBe(entries);
    expect(grant({ action: 'document.export' }).hides).toBe(0);
    dispose('nb-true', 'false-positive');
    expect(grant({}).endedAt).toBeNull();
  });

  test('remembers what was escalated when the mirror it was found in is gone', () => {
    insertFinding(cache, 'nb-true');
    dispose('nb-true', 'escalated');
    cache = openCache();
    expect(() => grant()).toThrow(/nb-true/);
    expect(grant({ maximumCount: 5 }).hides).toBe(0);
  });

  test.each<[string, Partial<ExceptionRequest>, RegExp]>([
    ['longer than 90 days', { expiresAt: '2027-02-14T00:00:00.001Z' }, /at most 90 days/],
    ['already over', { expiresAt: '2026-11-16T00:00:00.000Z' }, /in the future/],
    ['nobody’s', { owner: '\u00a0' }, /answers for it/],
    ['without a reason', { reason: ' ' }, /a reason/],
    ['about half a character', { entity: 'da\ud83d' }, /cut in the middle/],
    ['about the reviewer', { entity: 'RITA' }, /your own actions/],
    ['about facts', { detector: 'sod' }, /facts rather than odds/],
    ['about missing events', { detector: 'gap', acknowledgeDeterministic: false }, /facts rather than odds/],
  ])('an exception that is %s is refused', (_, changes, message) => {
    const entries = ledger.state().entries;
    expect(() => grant(changes)).toThrow(message);
    expect(ledger.state().entries).toBe(entries);
  });

  test('ninety days to the microsecond are allowed', () => {
    expect(grant({ expiresAt: '2027-02-14T00:00:00.000Z' })).toMatchObject({ owner: 'Otto Other' });
  });

  test('needs a reviewer', () => {
    const nobody = openLedger(openLedgerFile(), clock, () => 'id');
    expect(() => grantException(nobody, cache, request, nowUs)).toThrow(/who decides here/);
  });

  test('deterministic findings are hidden when that was acknowledged, and only then', () => {
    insertFinding(cache, 'sod-1', { detector: 'sod', score: 1, count: 1, severity: 'high' });
    expect(() => grant({ detector: 'sod', finding: 'sod-1' })).toThrow(/explicitly/);
    grant({ detector: 'sod', finding: 'sod-1', acknowledgeDeterministic: true });
    expect(open()).toEqual([]);
  });

  test('what is beyond doubt shows whatever was granted', () => {
    insertFinding(cache, 'sure', { score: 6 });
    expect(grant({ finding: 'sure' }).hides).toBe(0);
    expect(open()).toEqual(['sure']);
  });

  test('hidden plus open plus disposed of are all findings, whatever is granted and ended', () => {
    const scopes = fc.array(
      fc.record({
        actor: fc.constantFrom('dana', 'omar'),
        maximumCount: fc.integer({ min: 1, max: 8 }),
        ends: fc.boolean(),
      }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(scopes, fc.integer({ min: 0, max: 12 }), (granted, findings) => {
        cache = openCache();
        ledger = ledgerWithReviewer(undefined, clock);
        for (let index = 0; index < findings; index += 1)
          insertFinding(cache, `f${index}`, {
            actor: index % 2 === 0 ? 'dana' : 'omar',
            count: 1 + (index % 9),
            startMicroseconds: startUs + index * hourUs,
          });
        for (const { actor, maximumCount, ends } of granted) {
          const { id } = grant({ entity: actor, maximumCount });
          if (ends) endException(ledger, cache, { id, reason: 'x' });
        }
        const all = listFindings(cache, ledger.state());
        const hidden = countSuppressed(all).reduce((sum, { count }) => sum + count, 0);
        expect(all).toHaveLength(findings);
        expect(open().length + hidden).toBe(findings);
        expect(listExceptions(cache, ledger.state()).reduce((sum, { hides }) => sum + hides, 0)).toBe(hidden);
      }),
      { numRuns: 25 },
    );
  });
});

describe('blind checks', () => {
  /** Twenty findings in each of two weeks, all of which the exception covers. */
  function fill(): void {
    for (let index = 0; index < 40; index += 1)
      insertFinding(cache, `nb-${index}`, {
        startMicroseconds: startUs + Math.floor(index / 20) * weekUs + (index % 20) * hourUs,
      });
  }

  test('come back among the open ones, at least one a week, and look like any other', () => {
    fill();
    const { hides } = grant();
    const back = listFindings(cache, ledger.state(), 'open');
    expect(back.length).toBeGreaterThanOrEqual(2);
    expect(hides).toBe(40 - back.length);
    expect(new Set(back.map(({ start }) => start < '2026-11-09'))).toEqual(new Set([true, false]));
    for (const finding of back) expect(finding).toMatchObject({ suppressedBy: null, blindCheck: false });
  });

  test('tell what they were once disposed of, and count in the miss rate', () => {
    fill();
    const { id } = grant();
    const [first, second] = open();
    expect(dispose(first!, 'false-positive')).toMatchObject({ suppressedBy: id, blindCheck: true });
    expect(dispose(second!, 'acknowledged')).toMatchObject({ suppressedBy: id, blindCheck: true });
    dispose(second!, 'escalated');
    expect(getFinding(cache, ledger.state(), second!).finding).toMatchObject({ blindCheck: true });
    expect(measureFeedback(ledger.state(), nowUs).blindChecks).toEqual({
      disposed: 2,
      escalated: 1,
      missRate: 0.5,
    });
    expect(listExceptions(cache, ledger.state())).toMatchObject([{ checked: 2, missed: 1 }]);
  });

  test('are not drawn again among the rest once they were disposed of', () => {
    fill();
    grant();
    const drawn = open();
    for (const id of drawn) dispose(id, 'acknowledged');
    expect(open()).toEqual([]);
  });

  test.each([
    ['one', 'two'],
    ['two', 'one'],
  ])('a week of which somebody judged %s already shows %s', (judged, other) => {
    for (const id of ['one', 'two']) insertFinding(cache, id, { startMicroseconds: startUs });
    dispose(judged, 'false-positive');
    grant();
    expect(open()).toEqual([other]);
  });

  test('what somebody judged before the exception was granted is no blind check', () => {
    insertFinding(cache, 'known');
    dispose('known', 'false-positive');
    const { id } = grant();
    expect(getFinding(cache, ledger.state(), 'known').finding).toMatchObject({
      disposition: 'false-positive',
      suppressedBy: id,
      blindCheck: false,
    });
    expect(measureFeedback(ledger.state(), nowUs).blindChecks.missRate).toBeNull();
  });
});

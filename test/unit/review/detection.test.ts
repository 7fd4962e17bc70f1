import { expect, test } from 'vitest';
import type { DryRun } from '../../../src-shared/contract/detection.ts';
import { defaultDetection, detectionSettings } from '../../../src-shared/model/detection.ts';
import {
  detectionBasis,
  recordDetectionChange,
  wellFormedSettings,
} from '../../../src-main/review/detection.ts';
import { disposeFinding } from '../../../src-main/review/dispose-finding.ts';
import { openLedger } from '../../../src-main/review/ledger.ts';
import { ledgerWithReviewer, openCache, openLedgerFile, stoppedClock } from '../../support/workspace.ts';
import { insertFinding } from './insert-finding.ts';

const nothing: DryRun = {
  from: null,
  to: null,
  days: 0,
  appear: { total: 0, first: [] },
  vanish: { total: 0, first: [] },
  confirmed: [],
  notEvaluable: [],
};
const strict = detectionSettings.parse({ parameters: { nb: { threshold: 4 } } });

test('a change is one entry with before and after, and opening the ledger anew gives it back', () => {
  const file = openLedgerFile();
  const ledger = ledgerWithReviewer(undefined, undefined, file);
  const before = detectionBasis(ledger.state());
  recordDetectionChange(ledger, { before, after: strict, reason: ' too many ', dryRun: nothing });
  expect(ledger.entries().at(-1)!.entry).toMatchObject({
    type: 'detection-changed',
    actor: 'rita',
    payload: { before: defaultDetection, after: strict, reason: 'too many' },
  });
  const reopened = openLedger(file, stoppedClock('2026-11-17T00:00:00Z'), () => 'id');
  expect(reopened.state().detection).toEqual(strict);
  recordDetectionChange(ledger, {
    before: detectionBasis(ledger.state()),
    after: strict,
    reason: 'again',
    dryRun: nothing,
  });
  expect(ledger.entries()).toHaveLength(2);
});

test('a ledger without any of these entries stands at the defaults', () => {
  const ledger = ledgerWithReviewer();
  expect(ledger.state()).toMatchObject({ detection: defaultDetection, exceptions: [] });
});

test('what was tried out must still hold when it is recorded', () => {
  const cache = openCache();
  const ledger = ledgerWithReviewer();
  insertFinding(cache, 'f');
  const before = detectionBasis(ledger.state());
  disposeFinding(cache, ledger, { id: 'f', disposition: 'escalated', note: 'it was him' });
  const draft = { before, after: strict, reason: 'x', dryRun: nothing };
  expect(() => recordDetectionChange(ledger, draft)).toThrow(/while the change was tried out/);
  const now = { ...draft, before: detectionBasis(ledger.state()) };
  recordDetectionChange(ledger, now);
  expect(() => recordDetectionChange(ledger, now)).toThrow(/while the change was tried out/);
  expect(ledger.state().detection).toEqual(strict);
});

test('half a character in a rule does not stop the ledger', () => {
  const broken = { ...strict, rules: [{ name: 'cut', text: 'title: \ud83d' }] };
  expect(wellFormedSettings(broken).rules[0]!.text).toBe('title: \ufffd');
  expect(wellFormedSettings(strict)).toEqual(strict);
});

// Acts of campaigns dated before what stands before them are found, unless the ledger says that the clock was set back.
import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../../../src-shared/model/evidence.ts';
import { timesTurnedBack } from '../../../../src-main/evidence/checks/times-turned-back.ts';

type Act = readonly [type: LedgerEntry['type'], time: string];

function foundIn(...acts: readonly Act[]): readonly number[] {
  const { add, found } = timesTurnedBack();
  acts.forEach(([type, time], index) => {
    add({
      v: 1,
      seq: index + 1,
      id: `E${index}`,
      hlc: '',
      mono: 0,
      prev: '',
      tenant: null,
      offset_ms: null,
      type,
      subject: null,
      actor: 'olga',
      wall_time: `2026-11-${time}:00.000Z`,
      payload: {},
    });
  });
  return found();
}

test('an attestation of the month before is found, and everything after it', () => {
  const decided: Act = ['campaign-decision', '21T10:00'];
  expect(foundIn(decided, ['campaign-attested', '01T10:00'], ['campaign-closed', '01T11:00'])).toEqual([
    2, 3,
  ]);
  expect(foundIn(decided, ['decision', '01T10:00'], ['daily-review', '01T11:00'], decided)).toEqual([3]);
});

test('clocks that are corrected, and a clock that was set back on record, are not', () => {
  expect(foundIn(['campaign-decision', '21T10:00'], ['campaign-attested', '21T09:55'])).toEqual([]);
  expect(
    foundIn(['campaign-decision', '21T10:00'], ['clock-jump', '01T10:00'], ['campaign-attested', '01T10:01']),
  ).toEqual([]);
});

// What a redaction hides of access reviews: who holds a right, and the key a guess of it could be confirmed by.
import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../../../src-shared/model/evidence.ts';
import { externalAuditor } from '../../../../src-shared/model/redaction.ts';
import { chooseValues } from '../../../../src-main/evidence/redaction/choose-values.ts';
import { findPersonal } from '../../../../src-main/evidence/redaction/personal-values.ts';

const key = '0123456789abcdef'.repeat(2);

test('the subject of a decision and its key are hidden, columns and entries are not', () => {
  const found = new Set<string>();
  const payload = { campaign: 'C', item: key, subject: 'eve', entitlement: 'reader', decision: 'revoke' };
  const scope = { from: 'table', columns: { subject: 'account', entitlement: 'role' } };
  const entry = { seq: 7, prev: '', subject: 'C', actor: 'rita', payload };
  const drawn = { plan: { drawn: ['f'.repeat(32)] } };
  for (const part of [entry, { definition: { scope } }, drawn])
    findPersonal(part, externalAuditor, new Set(), found);
  expect([...found].toSorted()).toEqual([key, 'eve', 'f'.repeat(32)].toSorted());
});

test('hashes by which a guess of who holds which right could be confirmed are hidden, wherever they stand', () => {
  const [definition, keys, lines, outcomes, file, pack] = ['1', '2', '3', '4', '5', '6'].map((one) =>
    one.repeat(64),
  );
  const found = new Set<string>();
  const opened = { definitionSha256: definition, ipe: { keysSha256: keys, sha256: lines, items: 2 } };
  const sampled = { plan: { populationSha256: keys, seed: keys, drawn: [] } };
  const closed = { outcomesSha256: outcomes };
  const scope = { from: 'file', name: 'rights.csv', sha256: file };
  for (const part of [opened, sampled, closed, { scope }, { file: 'a.zip', sha256: pack }])
    findPersonal(part, externalAuditor, new Set(), found);
  expect([...found].toSorted()).toEqual([definition, keys, lines, outcomes, file]);
});

test('whoever holds a right nobody decided about is hidden in words as well; whoever acted stays named', () => {
  const entry = {
    v: 1,
    seq: 1,
    id: '01KAAAAAAAAAAAAAAAAAAAAAAA',
    type: 'campaign-defined',
    actor: 'rita',
    subject: 'C',
    wall_time: '2026-11-16T00:00:00.000Z',
    payload: { objective: 'Only lena was left out.' },
    prev: '',
  } as unknown as LedgerEntry;
  const rows = { ledger: [{ entry, hash: '' }], views: new Map(), named: ['lena', 'Lena Low', 'rita', ' '] };
  const { values, withheld } = chooseValues(rows, externalAuditor, new Set(['Lena Low']));
  expect([...values].toSorted()).toEqual([entry.id, 'lena'].toSorted());
  expect([...withheld]).toEqual([1]);
  const shown = chooseValues(rows, { ...externalAuditor, actors: false }, new Set());
  expect([...shown.values]).toEqual([]);
});

// What a redaction hides of access reviews: who holds a right, and the key a guess of it could be confirmed by.
import { expect, test } from 'vitest';
import { externalAuditor } from '../../../../src-shared/model/redaction.ts';
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

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

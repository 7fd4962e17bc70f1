// A right that is written otherwise in a later list is not gone; one that was there beside it all along is another.
import { expect, test } from 'vitest';
import { lookalikesOf } from '../../../../src-main/review/campaigns/recheck-lookalikes.ts';
import { linkIdentities, type Identities } from '../../../../src-main/review/aliases.ts';
import { makeItem } from '../../../support/campaign.ts';

const bob = makeItem({ subject: 'bob', entitlement: 'admin', resource: 'erp' });
const needed = new Map([[bob.key, bob]]);
const linked: Identities = new Map();
linkIdentities(linked, ['bob', 'bob@example.org']);

test.each([
  ['in capitals', { subject: 'BOB' }],
  ['with blanks', { subject: ' bob ', entitlement: 'Admin ' }],
  ['in wide letters', { subject: 'ｂｏｂ' }],
  ['by the e-mail address', { subject: 'bob@example.org' }],
  ['on a resource in capitals', { resource: 'ERP' }],
])('%s', (_, changes) => {
  const alike = lookalikesOf(needed, linked);
  expect(alike.has(bob.key)).toBe(false);
  const other = makeItem({ subject: 'bob', entitlement: 'admin', resource: 'erp', ...changes });
  alike.note(other);
  expect(alike.has(bob.key)).toBe(true);
  alike.forget(other.key);
  expect(alike.has(bob.key)).toBe(false);
});

test('another right, and the right itself, are none', () => {
  const alike = lookalikesOf(needed, linked);
  alike.note(bob);
  alike.note(makeItem({ subject: 'bobby', entitlement: 'admin', resource: 'erp' }));
  alike.note(makeItem({ subject: 'bob', entitlement: 'admin' }));
  expect(alike.has(bob.key)).toBe(false);
});

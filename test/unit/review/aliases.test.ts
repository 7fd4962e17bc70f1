import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  foldIdentity,
  identitiesOf,
  isSamePerson,
  linkIdentities,
  type Identities,
} from '../../../src-main/review/aliases.ts';
import { addAliases, listAliases } from '../../../src-main/review/independence-acts.ts';
import { isOwnAction } from '../../../src-main/review/independence.ts';
import { ledgerWithReviewer } from '../../support/workspace.ts';

test('ids are compared whatever their case, width and surrounding blanks', () => {
  const identities: Identities = new Map();
  linkIdentities(identities, ['7F1D3C52-7D64-4C11-9F3A-0D2C8E5B9A10', ' Ｄａｎａ ']);
  expect(isSamePerson(identities, 'dana', '7f1d3c52-7d64-4c11-9f3a-0d2c8e5b9a10 ')).toBe(true);
  expect(isSamePerson(identities, 'dana', 'danae')).toBe(false);
  expect(isSamePerson(identities, 'unknown', ' UNKNOWN')).toBe(true);
});

test.each([
  ['a blank of no width', 'rita\u200b'],
  ['a mark of direction', '\u200erita'],
  ['a soft hyphen', 'ri\u00adta'],
  ['the name before the address', 'Rita Reviewer <Rita@Example.org>'],
  ['an address in brackets', '<rita@example.org>'],
  ['a link to the address', 'mailto:rita@example.org'],
])('nobody becomes somebody else by %s', (_, id) => {
  const identities: Identities = new Map();
  linkIdentities(identities, ['rita', 'rita@example.org']);
  expect(isSamePerson(identities, 'rita', id)).toBe(true);
  expect(isSamePerson(identities, 'otto', id)).toBe(false);
});

test('the form in which ids are compared is that of itself, and knows what ß is in capitals', () => {
  for (const id of ['Strauß', 'STRAUẞ', 'strauss']) expect(foldIdentity(id)).toBe('strauss');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (id) => {
      expect(foldIdentity(foldIdentity(id))).toBe(foldIdentity(id));
    }),
    { numRuns: 300 },
  );
});

test('an empty id is nobody, and links nobody', () => {
  const identities: Identities = new Map();
  linkIdentities(identities, ['rita', '', ' ']);
  linkIdentities(identities, ['otto', '']);
  expect(isSamePerson(identities, 'rita', 'otto')).toBe(false);
  expect(isSamePerson(identities, '', ' ')).toBe(false);
  expect(identitiesOf(identities, ' ')).toEqual([]);
});

test('who is whom is an equivalence, whatever the order it was stated in', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const statements = fc.array(fc.array(ids, { minLength: 1, maxLength: 3 }), { maxLength: 8 });
  fc.assert(
    fc.property(statements, (stated) => {
      const build = (order: readonly (readonly string[])[]) => {
        const identities: Identities = new Map();
        for (const group of order) linkIdentities(identities, group);
        return identities;
      };
      const identities = build(stated);
      const reversed = build(stated.toReversed());
      const all = ['a', 'b', 'c', 'd', 'e', 'f'];
      for (const one of all)
        for (const other of all) {
          const same = isSamePerson(identities, one, other);
          expect(isSamePerson(identities, other, one)).toBe(same);
          expect(isSamePerson(reversed, one, other)).toBe(same);
          for (const third of all)
            if (same && isSamePerson(identities, other, third))
              expect(isSamePerson(identities, one, third)).toBe(true);
        }
      for (const group of stated)
        for (const id of group) expect(isSamePerson(identities, group[0]!, id)).toBe(true);
    }),
  );
});

test('adding aliases is one entry with before, after and reason; they are never taken off', () => {
  const ledger = ledgerWithReviewer();
  addAliases(ledger, { add: [' Dana ', 'dana', 'd.admin'], reason: ' HR list ' });
  addAliases(ledger, { add: ['DANA'], reason: 'again' });
  addAliases(ledger, { add: ['root-7'], reason: 'on-call account' });
  const changes = ledger.entries().filter(({ entry }) => entry.type === 'aliases-changed');
  expect(changes.map(({ entry }) => entry.payload)).toEqual([
    { reviewer: 'rita', before: [], after: ['Dana', 'd.admin'], reason: 'HR list' },
    {
      reviewer: 'rita',
      before: ['Dana', 'd.admin'],
      after: ['Dana', 'd.admin', 'root-7'],
      reason: 'on-call account',
    },
  ]);
  expect(listAliases(ledger.state())).toEqual([{ reviewer: 'rita', aliases: ['Dana', 'd.admin', 'root-7'] }]);
  for (const actor of ['dana', 'D.ADMIN', 'rita@example.org', 'root-7'])
    expect(isOwnAction(ledger.state(), actor, 'rita')).toBe(true);
  ledger.append(() => [
    {
      type: 'aliases-changed',
      subject: 'rita',
      actor: 'rita',
      payload: { reviewer: 'rita', before: ['Dana', 'd.admin', 'root-7'], after: [], reason: 'never mind' },
    },
  ]);
  expect(isOwnAction(ledger.state(), 'dana', 'rita')).toBe(true);
});

test('an alias needs a reason, one line of text, and somebody who says so when it is a reviewer’s id', () => {
  const ledger = ledgerWithReviewer();
  const refused = (add: string[], reason: string) => expect(() => addAliases(ledger, { add, reason }));
  refused(['dana'], ' ').toThrow(/needs a reason/);
  refused([' '], 'x').toThrow(/one line/);
  refused(['da\0na'], 'x').toThrow(/one line/);
  const otto = { name: 'Otto', id: 'otto', email: null };
  ledger.append(() => [{ type: 'reviewer-changed', subject: 'otto', actor: 'otto', payload: otto }]);
  refused(['RITA'], 'x').toThrow(/reviewed here/);
  refused(['rita@example.org'], 'x').toThrow(/reviewed here/);
  expect(listAliases(ledger.state())).toEqual([]);
  addAliases(ledger, { add: ['RITA'], reason: 'one person with two accounts', isSamePerson: true });
  expect(isOwnAction(ledger.state(), 'rita', 'otto')).toBe(true);
});

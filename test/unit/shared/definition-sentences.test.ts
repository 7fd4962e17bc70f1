// What is wrong with the form of a definition is told in sentences, whatever somebody wrote.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCampaignDefinition } from '../../../src-shared/model/definition-sentences.ts';
import { issueInWords } from '../../../src-shared/model/issue-sentences.ts';
import { makeDefinition } from '../../support/campaign.ts';

const faultsIn = (value: unknown) => {
  const read = readCampaignDefinition(value);
  return 'faults' in read ? read.faults : [];
};
const raw = /Invalid|Too (small|big)|expected|Unrecognized|must match|regex|>=|<=/;

test.each([
  [{ dueDays: 0 }, 'The number of days to decide (dueDays) has to be at least 1.'],
  [{ dueDays: 2.5 }, 'The number of days to decide (dueDays) has to be a whole number.'],
  [{ people: [] }, 'The list of people must not be empty.'],
  [{ people: [{ id: 'a', name: '' }] }, 'The name of person 1 must not be empty.'],
  [
    { period: { from: '1.7.2026', to: '2026-09-30' } },
    'The first day of the period has to be a day, written as 2026-07-01.',
  ],
  [{ policy: 'vote' }, 'The policy has to be one of: first-final, all-agree.'],
  [{ scope: { from: 'ldap' } }, 'Where the population is from has to be one of: activity, table, file.'],
  [{ owner: undefined }, 'The owner is missing.'],
])('%j', (changes, sentence) => {
  expect(faultsIn({ ...makeDefinition(), ...changes })).toEqual([sentence]);
});

test('a member that is not known is named with those that are', () => {
  const [fault] = faultsIn({ ...makeDefinition(), people: [{ id: 'a', name: 'A', mail: 'a@b' }] });
  expect(fault).toBe('Person 1 holds “mail”, which is not known there; it may hold: id, name, email.');
});

test('nothing of what a schema says by itself comes through, and a definition without faults is read', () => {
  expect(readCampaignDefinition(makeDefinition())).toEqual({ definition: makeDefinition() });
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(makeDefinition())), fc.jsonValue(), (part, value) => {
      for (const fault of faultsIn({ ...makeDefinition(), [part]: value })) {
        // What somebody wrote may look like anything, and stands in quotation marks.
        expect(fault.replace(/“.*”/s, '“”')).not.toMatch(raw);
        expect(fault).toMatch(/^[A-Z“].*\.$/s);
      }
    }),
    { numRuns: 300 },
  );
});

test('a place without words of its own is named as it is written', () => {
  const issue = { code: 'too_big', path: ['limit'], message: 'Too big', maximum: 500, origin: 'number' };
  expect(issueInWords(issue, { words: '“limit”' })).toBe('“limit” has to be at most 500.');
  expect(issueInWords({ code: 'custom', path: [], message: 'It is late' }, { words: 'the request' })).toBe(
    'The request: It is late.',
  );
});

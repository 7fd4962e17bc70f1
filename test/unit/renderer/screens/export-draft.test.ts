// What is asked for at the export, from what is chosen on screen.
import { expect, test } from 'vitest';
import { contract } from '../../../../src-shared/contract/contract.ts';
import { redactionProfile } from '../../../../src-shared/model/redaction.ts';
import { profileOf, profileWords, usualProfile } from '../../../../src-renderer/domain/profile-draft.ts';
import {
  exportFaults,
  exportWishOf,
  noParticulars,
} from '../../../../src-renderer/screens/evidence/export-draft.ts';
import { placeWords, shortTokens } from '../../../../src-renderer/screens/evidence/reveal-choice.ts';

const chosen = { ...noParticulars, samples: true, redacts: true };

test('nothing chosen asks for nothing; what is chosen is what the workstation takes', () => {
  expect(exportWishOf({ ...noParticulars, retention: '  ' })).toEqual({});
  const wish = exportWishOf({ ...chosen, retention: ' 7 years ' });
  expect(wish).toMatchObject({ retention: '7 years', redact: { name: 'external auditor', fields: [] } });
  const { inputSchema } = contract.evidence.export['~orpc'];
  expect(inputSchema?.safeParse(wish).success).toBe(true);
});

test('a part that is not complete is named, and nothing is asked for with it; one that is not chosen does not matter', () => {
  const sampling = { ...chosen.sampling, confidence: 'x' };
  const profile = { ...chosen.profile, fields: 'x'.repeat(101) };
  expect(exportFaults({ ...chosen, sampling, profile })).toHaveLength(2);
  expect(exportWishOf({ ...chosen, sampling })).toBeNull();
  expect(exportWishOf({ ...noParticulars, sampling, profile })).toEqual({});
});

test('campaigns are named where they were chosen, and the usual ones are not asked for', () => {
  const wish = (campaigns: (typeof noParticulars)['campaigns']) =>
    exportWishOf({ ...noParticulars, campaigns });
  expect(wish({ choice: 'overlapping', ids: ['a'] })).toEqual({});
  expect(wish({ choice: 'none', ids: ['a'] })).toEqual({ campaigns: { choice: 'none' } });
  const chosenOnes = wish({ choice: 'chosen', ids: ['a', 'b'] });
  expect(chosenOnes).toEqual({ campaigns: { choice: 'chosen', campaigns: ['a', 'b'] } });
  expect(contract.evidence.export['~orpc'].inputSchema?.safeParse(chosenOnes).success).toBe(true);
  expect(wish({ choice: 'chosen', ids: [] })).toBeNull();
  expect(exportFaults({ ...noParticulars, campaigns: { choice: 'chosen', ids: [] } })).toHaveLength(1);
});

test('a profile that hides something else has another name, and says what it hides', () => {
  const own = profileOf({
    ...usualProfile,
    userAgents: false,
    freeText: true,
    fields: ' unit, , costs,unit ',
  });
  expect(own).toMatchObject({ name: 'own choice', fields: ['unit', 'costs'], userAgents: false });
  expect(redactionProfile.safeParse(own).success).toBe(true);
  expect(profileWords(own!)).toBe(
    'ids and names of actors; addresses they came from; e-mail addresses, but for the signer’s; reasons, notes and explanations as a whole; the fields unit, costs',
  );
});

test('hidden values read short, equal ones alike', () => {
  const token = `sha256:${'ab'.repeat(32)}`;
  expect(shortTokens(`{"actor":"${token}","by":"${token}"}`)).toBe('{"actor":"‹abab…›","by":"‹abab…›"}');
  expect(shortTokens(`"${'ab'.repeat(32)}"`)).toBe(`"${'ab'.repeat(32)}"`);
  expect(placeWords({ file: 'data/views/findings.jsonl', line: 3 })).toBe('findings.jsonl, line 3');
});

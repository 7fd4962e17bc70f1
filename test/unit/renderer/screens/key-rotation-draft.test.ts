import { expect, test } from 'vitest';
import { agentChoices } from '../../../../src-renderer/domain/agent-choices.ts';
import {
  rotationErrors,
  rotationOf,
  type RotationDraft,
} from '../../../../src-renderer/screens/settings/key-rotation-draft.ts';

const draft = (changes: Partial<RotationDraft> = {}): RotationDraft => ({
  agent: '',
  reason: 'yearly',
  isLost: false,
  passphrase: 'the old one',
  newPassphrase: 'the new one',
  repeated: 'the new one',
  ...changes,
});
const browser = { asksPassphrase: true, isBrowser: true };
const agent = `SHA256:${'A'.repeat(43)}`;

test.each<[string, Partial<RotationDraft>, RegExp]>([
  ['no reason', { reason: '  ' }, /why/],
  ['no passphrase of the old key', { passphrase: '' }, /present key/],
  ['none for the new one', { newPassphrase: '', repeated: '' }, /at least 8/],
  ['a short one', { newPassphrase: 'short', repeated: 'short' }, /at least 8/],
  ['one that was repeated wrongly', { repeated: 'the mew one' }, /differ/],
])('%s keeps it from being sent', (_, changes, sentence) => {
  expect(rotationErrors(draft(changes), browser).join(' ')).toMatch(sentence);
});

test('what is complete can be sent', () => {
  expect(rotationErrors(draft(), browser)).toEqual([]);
  expect(rotationErrors(draft({ passphrase: '', isLost: true }), browser)).toEqual([]);
  expect(rotationErrors(draft({ passphrase: '' }), { ...browser, asksPassphrase: false })).toEqual([]);
  expect(rotationErrors(draft({ agent, newPassphrase: '', repeated: '' }), browser)).toEqual([]);
  const inKeychain = { asksPassphrase: false, isBrowser: false };
  expect(rotationErrors(draft({ newPassphrase: '', repeated: '' }), inKeychain)).toEqual([]);
});

test('only what belongs to the choice is sent', () => {
  expect(rotationOf(draft())).toEqual({
    reason: 'yearly',
    isLost: false,
    passphrase: 'the old one',
    newPassphrase: 'the new one',
  });
  expect(rotationOf(draft({ agent }))).toEqual({
    reason: 'yearly',
    isLost: false,
    passphrase: 'the old one',
    agent,
  });
  expect(rotationOf(draft({ isLost: true }))).not.toHaveProperty('passphrase');
});

test('of an agent only keys that can sign are offered', () => {
  const key = {
    fingerprint: agent,
    type: 'ssh-ed25519',
    comment: '',
    needsTouch: false,
    unusable: null,
    hex: null,
    words: [],
  };
  const choices = agentChoices([
    key,
    { ...key, comment: 'yubi', needsTouch: true },
    { ...key, unusable: 'It is a certificate.' },
    { ...key, fingerprint: null },
  ]);
  expect(choices.map(({ label }) => label)).toEqual([
    'ssh-agent: without a name (SHA256:AAAAAAAA…)',
    'security key: yubi (SHA256:AAAAAAAA…)',
  ]);
});

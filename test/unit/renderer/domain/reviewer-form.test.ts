// The reviewer form asks for a passphrase exactly when a key has to be sealed with one.
import { describe, expect, it } from 'vitest';
import { passphraseAsk, reviewerErrors } from '../../../../src-renderer/domain/reviewer-form.ts';

const draft = { name: 'Robin', id: 'r-1', email: '', passphrase: '', repeated: '', agent: '' };

describe('passphraseAsk', () => {
  it('once for a key that is here, whatever the door', () => {
    for (const door of ['browser', 'desktop'] as const) {
      expect(passphraseAsk(door, { needsPassphrase: true, makesKey: false })).toBe('known');
      expect(passphraseAsk(door, { needsPassphrase: true, makesKey: true })).toBe('known');
      expect(passphraseAsk(door, { needsPassphrase: false, makesKey: false })).toBe('none');
    }
  });

  it('for a new key, which a browser cannot seal otherwise', () => {
    expect(passphraseAsk('browser', { needsPassphrase: false, makesKey: true })).toBe('new');
    expect(passphraseAsk('desktop', { needsPassphrase: false, makesKey: true })).toBe('maybe');
    expect(passphraseAsk('browser', undefined)).toBe('new');
  });
});

it('asks for no passphrase where an agent holds the new key; a known key is asked for all the same', () => {
  expect(passphraseAsk('browser', { needsPassphrase: false, makesKey: true }, true)).toBe('none');
  expect(passphraseAsk('browser', undefined, true)).toBe('none');
  expect(passphraseAsk('browser', { needsPassphrase: true, makesKey: true }, true)).toBe('known');
});

describe('reviewerErrors', () => {
  it('accepts a complete form', () => {
    const sealed = { ...draft, email: 'r@example.org', passphrase: 'long enough', repeated: 'long enough' };
    expect(reviewerErrors(sealed, 'new')).toEqual({});
    expect(reviewerErrors(draft, 'maybe')).toEqual({});
  });

  it('names each field that is missing or wrong', () => {
    const wrong = { ...draft, name: ' ', id: '', email: 'nobody', passphrase: 'short', repeated: 'short' };
    expect(Object.keys(reviewerErrors(wrong, 'new')).toSorted()).toEqual([
      'email',
      'id',
      'name',
      'passphrase',
    ]);
  });

  it('compares the passphrases, also when one was not needed', () => {
    const differing = { ...draft, passphrase: 'long enough', repeated: 'long enougH' };
    expect(Object.keys(reviewerErrors(differing, 'maybe'))).toEqual(['repeated']);
  });

  it('asks once for the passphrase of a known reviewer, however short it is', () => {
    expect(Object.keys(reviewerErrors(draft, 'known'))).toEqual(['passphrase']);
    expect(reviewerErrors({ ...draft, passphrase: 'short' }, 'known')).toEqual({});
  });
});

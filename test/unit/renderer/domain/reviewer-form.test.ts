// The reviewer form asks for a passphrase exactly when a key has to be sealed with one.
import { describe, expect, it } from 'vitest';
import { needsPassphrase, reviewerErrors } from '../../../../src-renderer/domain/reviewer-form.ts';

const draft = { name: 'Robin', id: 'r-1', email: '', passphrase: '', repeated: '' };

describe('needsPassphrase', () => {
  it('in a browser for every new identity', () => {
    expect(needsPassphrase('browser', null, 'r-1')).toBe(true);
    expect(needsPassphrase('browser', { id: 'r-1', hasKey: false }, 'r-1')).toBe(true);
    expect(needsPassphrase('browser', { id: 'r-1', hasKey: true }, 'r-2')).toBe(true);
  });

  it('not for a new name of the same identity, and never on the desktop', () => {
    expect(needsPassphrase('browser', { id: 'r-1', hasKey: true }, ' r-1 ')).toBe(false);
    expect(needsPassphrase('desktop', null, 'r-1')).toBe(false);
  });
});

describe('reviewerErrors', () => {
  it('accepts a complete form', () => {
    const sealed = { ...draft, email: 'r@example.org', passphrase: 'long enough', repeated: 'long enough' };
    expect(reviewerErrors(sealed, true)).toEqual({});
    expect(reviewerErrors(draft, false)).toEqual({});
  });

  it('names each field that is missing or wrong', () => {
    const wrong = { name: ' ', id: '', email: 'nobody', passphrase: 'short', repeated: 'short' };
    expect(Object.keys(reviewerErrors(wrong, true)).toSorted()).toEqual([
      'email',
      'id',
      'name',
      'passphrase',
    ]);
  });

  it('compares the passphrases, also when one was not needed', () => {
    const differing = { ...draft, passphrase: 'long enough', repeated: 'long enougH' };
    expect(Object.keys(reviewerErrors(differing, false))).toEqual(['repeated']);
  });
});

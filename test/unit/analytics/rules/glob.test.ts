import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matcherOf } from '../../../../src-main/analytics/rules/glob.ts';

test('stars stand for anything, letters for either case, and nothing else is special', () => {
  const isSensitive = matcherOf(['admin.*', 'users.delete', '/api/*/export']);
  expect(isSensitive('admin.users')).toBe(true);
  expect(isSensitive('Admin.')).toBe(true);
  expect(isSensitive('administer')).toBe(false);
  expect(isSensitive('users.delete')).toBe(true);
  expect(isSensitive('usersXdelete')).toBe(false);
  expect(isSensitive('/api/v1/users/export')).toBe(true);
  expect(isSensitive('/api/export')).toBe(false);
  expect(matcherOf([])('anything')).toBe(false);
  expect(matcherOf(['a*a'])('a')).toBe(false);
  expect(matcherOf(['*'])('')).toBe(true);
});

test('agrees with the regular expression of the pattern', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 6 });
  fc.assert(
    fc.property(text, pattern, (value, glob) => {
      const expression = new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
      expect(matcherOf([glob])(value)).toBe(expression.test(value));
    }),
    { numRuns: 1000 },
  );
});

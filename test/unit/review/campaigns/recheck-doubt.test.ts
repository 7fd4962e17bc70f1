// A later population that is of nothing, or of something else, does not show that rights are gone.
import { expect, test } from 'vitest';
import { recheckDoubt } from '../../../../src-main/review/campaigns/recheck-doubt.ts';

test('one that holds rights that were to stay is believed', () => {
  expect(recheckDoubt({ from: 'file', laterItems: 30, others: 40, othersFound: 20 })).toBeNull();
  expect(recheckDoubt({ from: 'table', laterItems: 3, others: 40, othersFound: 1 })).toBeNull();
  expect(recheckDoubt({ from: 'table', laterItems: 1, others: 1, othersFound: 1 })).toBeNull();
});

test('one that holds none of them is not', () => {
  expect(recheckDoubt({ from: 'table', laterItems: 40, others: 40, othersFound: 0 })).toMatch(
    /None of the 40/,
  );
  expect(recheckDoubt({ from: 'table', laterItems: 0, others: 40, othersFound: 0 })).toMatch(
    /None of the 40/,
  );
  expect(recheckDoubt({ from: 'file', laterItems: 40, others: 1, othersFound: 0 })).toMatch(/The one right/);
});

test('a file that holds less than half of them may be a part of the list', () => {
  expect(recheckDoubt({ from: 'file', laterItems: 30, others: 40, othersFound: 19 })).toMatch(
    /only 19 of the 40/,
  );
});

test('where everything was to go, an empty table shows it, and no file does', () => {
  const all = { laterItems: 0, others: 0, othersFound: 0 };
  expect(recheckDoubt({ from: 'table', ...all })).toBeNull();
  expect(recheckDoubt({ from: 'file', ...all })).toMatch(/no row at all/);
  expect(recheckDoubt({ from: 'file', ...all, laterItems: 1 })).toMatch(/nothing shows/);
});

// What a re-check prints: every right with its state, and every reason in full.
import { expect, test } from 'vitest';
import { recheckText } from '../../../../src-main/shell/cli/campaign-follow-up-verbs.ts';

test('reasons are told to their end, each once', () => {
  const gone = { item: 'a', subject: 'ann', entitlement: 'reader', state: 'verified-removed' as const };
  const because = `It was not found, but: ${'nothing shows that this list is of the same rights, '.repeat(4)}so look.`;
  const unsure = { subject: 'bob', entitlement: 'reader', state: null, because };
  const text = recheckText([
    { ...gone, because: 'It is gone.' },
    { item: 'b', ...unsure },
    { item: 'c', ...unsure },
  ]);
  expect(text).toMatch(/a +ann +reader +verified-removed +1/);
  expect(text).toMatch(/c +bob +reader +unknown +2/);
  expect(text.endsWith(`\n\n1  It is gone.\n2  ${because}`)).toBe(true);
});

import { expect, test } from 'vitest';
import { likenessOf } from '../../../../../src-main/analytics/detectors/events/same-person.ts';

test.each([
  ['dana', 'dana', 'exact'],
  ['Dana ', 'dana', 'spelling'],
  ['ＤＡＮＡ', 'dana', 'spelling'],
  ['dana@example.com', 'dana', 'account'],
  ['CORP\\dana', 'Dana', 'account'],
  ['arn:aws:iam::123456789012:user/dana', 'dana', 'account'],
  ['arn:aws:iam::123456789012:user/team/dana', 'dana', 'account'],
  ['dana@example.com', 'dana@example.org', null],
  ['arn:aws:iam::123456789012:role/dana', 'dana', null],
  ['dana', 'daniel', null],
  ['dana', 'dana2', null],
  ['', '', null],
  [' ', '', null],
])('“%s” and “%s”: %s', (one, other, likeness) => {
  expect(likenessOf(one, other)).toBe(likeness);
  expect(likenessOf(other, one)).toBe(likeness);
});

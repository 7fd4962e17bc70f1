// What is read off policies: a promise only where every way to change a row is bound by it.
import { describe, expect, it } from 'vitest';
import { conjunctsOf } from '../../../src-main/source/conjuncts.ts';
import { guardOf, type ChangePolicy } from '../../../src-main/source/review-guard.ts';

describe('conjunctsOf', () => {
  it.each([
    ['(reviewed_at IS NULL)', ['reviewed_at IS NULL']],
    ['((a = 1) AND ((b = 2) AND (c = ANY (ARRAY[1, 2]))))', ['a = 1', 'b = 2', 'c = ANY (ARRAY[1, 2])']],
    ['((a = 1) OR (b = 2))', ['(a = 1) OR (b = 2)']],
    ['((a = 1) AND ((b = 2) OR (c = 3)))', ['a = 1', '(b = 2) OR (c = 3)']],
    ['(NOT ((a = 1) AND (b = 2)))', ['NOT ((a = 1) AND (b = 2))']],
    [`((a = 'x) AND (y') AND ("b AND c" = 2))`, [`a = 'x) AND (y'`, '"b AND c" = 2']],
    ['(a) AND (b)', ['a', 'b']],
  ])('%s', (condition, parts) => {
    expect(conjunctsOf(condition)).toEqual(parts);
  });
});

const policy = (changes: Partial<ChangePolicy>): ChangePolicy => ({
  name: 'p',
  isPermissive: true,
  condition: 'true',
  check: 'true',
  ...changes,
});
const open = '(reviewed_at IS NULL)';
const notSelf = '((reviewed_at IS NOT NULL) AND (reviewer_id IS DISTINCT FROM actor_id))';

describe('guardOf', () => {
  it.each([
    ['no policy', [], false, false],
    ['the published guard', [policy({ condition: open, check: notSelf })], true, true],
    [
      'a restrictive one',
      [policy({}), policy({ isPermissive: false, condition: open, check: notSelf })],
      true,
      true,
    ],
    ['a second way round it', [policy({ condition: open, check: notSelf }), policy({})], false, false],
    [
      'only a restrictive one, so nobody may',
      [policy({ isPermissive: false, condition: open })],
      true,
      false,
    ],
    ['OR', [policy({ condition: '((reviewed_at IS NULL) OR (a = 1))' })], false, false],
    ['NOT', [policy({ condition: '(NOT ((a = 1) AND (reviewed_at IS NULL)))' })], false, false],
    [
      'a comparison with it',
      [policy({ condition: '(false = ((a = 1) AND (reviewed_at IS NULL)))' })],
      false,
      false,
    ],
    [
      'casts and case',
      [policy({ check: '(lower((reviewer_id)::text) <> lower((actor_id)::text))' })],
      false,
      true,
    ],
    ['another column', [policy({ check: '(reviewer_id IS DISTINCT FROM tenant_id)' })], false, false],
  ])('%s', (_, policies, decidedOnce, selfReviewRefused) => {
    expect(guardOf(policies)).toEqual({ decidedOnce, selfReviewRefused });
  });
});

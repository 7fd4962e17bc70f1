// Which reviewer ids can be stored in which column.
import { describe, expect, it } from 'vitest';
import { canBeReviewer } from '../../../src-main/source/sendable.ts';

describe('canBeReviewer', () => {
  it.each([
    ['uuid', null, '0a0b0c0d-0000-4000-8000-00000000000F', true],
    ['uuid', null, '0a0b0c0d-0000-4000-8000-00000000000', false],
    ['uuid', null, '{0a0b0c0d-0000-4000-8000-00000000000f}', false],
    ['text', null, 'dana@example.com', true],
    ['text', null, '', false],
    ['varchar', 4, 'dana', true],
    ['varchar', 3, 'dana', false],
    ['varchar', 2, '😀😀', true],
    ['int4', null, '2147483647', true],
    ['int4', null, '2147483648', false],
    ['int8', null, '-9223372036854775808', true],
    ['int8', null, '9223372036854775808', false],
    ['int2', null, '07', false],
    ['int4', null, 'dana', false],
  ])('%s(%s) and %s: %s', (baseType, maximumLength, reviewerId, expected) => {
    expect(canBeReviewer(reviewerId, { baseType, maximumLength })).toBe(expected);
  });
});

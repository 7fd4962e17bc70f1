// What a sample is drawn with, from what people type.
import { expect, test } from 'vitest';
import { samplingMethod } from '../../../../src-shared/model/sampling.ts';
import { samplingErrors, shareOf } from '../../../../src-renderer/domain/sampling-draft.ts';
import { emptySampleDraft, sampleWishOf } from '../../../../src-renderer/screens/audit/sample-draft.ts';

test('per cent become shares of four decimals, and nothing else is one', () => {
  expect(['5', '0.01', '99.99', '33.33'].map(shareOf)).toEqual([0.05, 0.0001, 0.9999, 0.3333]);
  expect(['0', '100', '5.001', '-5', '', 'five', '1e1'].map(shareOf)).toEqual(Array(7).fill(null));
});

test('a draft becomes a method that the workstation takes', () => {
  const wish = sampleWishOf({ ...emptySampleDraft, tolerable: '33.33', size: '60', seed: 'a b' });
  expect(wish).toMatchObject({ seed: 'a b', size: 60, method: { tolerableRate: 0.3333 } });
  expect(samplingMethod.safeParse(wish?.method).success).toBe(true);
  const judged = sampleWishOf({ ...emptySampleDraft, kind: 'judgemental', confidence: 'x', reason: ' ' });
  expect(judged).toEqual({
    section: 'population',
    method: { kind: 'judgemental', frequency: 'daily', reason: null },
    seed: null,
    size: null,
  });
});

test('what is wrong is said at its field, and nothing is asked for with it', () => {
  const wrong = { ...emptySampleDraft, confidence: '100', expected: '-1', size: '0', seed: 'ü' };
  expect(Object.keys(samplingErrors(wrong)).toSorted()).toEqual(['confidence', 'expected', 'seed', 'size']);
  expect(sampleWishOf(wrong)).toBeNull();
});

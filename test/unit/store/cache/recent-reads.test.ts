import { expect, test } from 'vitest';
import { recentReads } from '../../../../src-main/store/cache/recent-reads.ts';

test('keeps as many values as there is room for, and reads others again', () => {
  const reads: string[] = [];
  const recent = recentReads(2);
  const reader = (name: string) =>
    recent(() => {
      reads.push(name);
      return name;
    });
  const [a, b, c] = [reader('a'), reader('b'), reader('c')];
  expect([a(), a(), b(), a(), c(), c(), b(), a(), a()]).toEqual([
    'a',
    'a',
    'b',
    'a',
    'c',
    'c',
    'b',
    'a',
    'a',
  ]);
  expect(reads).toEqual(['a', 'b', 'c', 'a']);
});

test('a read that fails is tried again', () => {
  let isBroken = true;
  const read = recentReads(1)(() => {
    if (isBroken) throw new Error('broken');
    return 1;
  });
  expect(read).toThrow('broken');
  isBroken = false;
  expect(read()).toBe(1);
});

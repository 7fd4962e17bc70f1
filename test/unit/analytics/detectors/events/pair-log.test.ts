import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PairLog } from '../../../../../src-main/analytics/detectors/events/pair-log.ts';

test('a pair is there once, at its first time', () => {
  const log = new PairLog();
  expect(log.add(0, 0, 10)).toBe(true);
  expect(log.add(4_000_000, 4_000_000_000, 20)).toBe(true);
  expect(log.add(0, 0, 30)).toBe(false);
  expect(log.add(0, 1, 30)).toBe(true);
  expect(log.length).toBe(3);
  expect([...log.microseconds.subarray(0, 3)]).toEqual([10, 20, 30]);
  expect([...log.previous.subarray(0, 3)]).toEqual([-1, -1, 0]);
  expect([5, 10, 11, 30, 31].map((time) => log.placeAt(time))).toEqual([0, 0, 1, 2, 3]);
});

type Entry = { subject: number; value: number; time: number; previous: number };

function entriesOf({ length, subjects, values, microseconds, previous }: PairLog): Entry[] {
  return Array.from({ length }, (_, place) => ({
    subject: subjects[place]!,
    value: values[place]!,
    time: microseconds[place]!,
    previous: previous[place]!,
  }));
}

const pair = fc.record({ subject: fc.nat(9), value: fc.nat(9) });
const step = fc.oneof(
  { weight: 9, arbitrary: pair },
  { weight: 1, arbitrary: fc.record({ keep: fc.nat(90) }) },
);

test('however much is taken back and added again, it is what a list would be', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const log = new PairLog();
      let expected: Entry[] = [];
      for (const [time, one] of steps.entries()) {
        if ('keep' in one) {
          log.truncate(one.keep);
          expected = expected.slice(0, one.keep);
          continue;
        }
        const { subject, value } = one;
        const isNew = !expected.some((entry) => entry.subject === subject && entry.value === value);
        const previous = expected.findLastIndex((entry) => entry.subject === subject);
        if (isNew) expected.push({ subject, value, time, previous });
        expect(log.add(subject, value, time)).toBe(isNew);
      }
      expect(entriesOf(log)).toEqual(expected);
    }),
  );
});

test('grows, and stays right when nearly all is taken back many times', () => {
  const log = new PairLog();
  for (let round = 0; round < 20; round += 1) {
    log.truncate(3);
    for (let place = 0; place < 5_000; place += 1) log.add(place % 70, round * 7 + place, place);
    expect(log.length).toBeGreaterThanOrEqual(5_000);
    expect(log.add(0, 0, 9_999)).toBe(false);
    expect(new Set(entriesOf(log).map(({ subject, value }) => `${subject} ${value}`)).size).toBe(log.length);
  }
});

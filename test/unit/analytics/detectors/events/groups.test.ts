import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupPlaces } from '../../../../../src-main/analytics/detectors/events/groups.ts';

/** Small for their number, or far apart. */
const keys = fc.oneof(
  fc.array(fc.integer({ min: -2, max: 12 }), { maxLength: 80 }),
  fc.array(fc.constantFrom(-1, 0, 7, 5_000, 4_000_000_000, 2 ** 40), { maxLength: 80 }),
);

test('places by key, in the order of their first place, without negative keys and small groups', () => {
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 4 }), (list, smallest) => {
      const expected = [...Map.groupBy(list.keys(), (place) => list[place]!)].filter(
        ([key, places]) => key >= 0 && places.length >= smallest,
      );
      const { keys, members } = groupPlaces(list.length, (place) => list[place]!, smallest);
      expect(keys).toEqual(expected.map(([key]) => key));
      expect(members.map((places) => [...places])).toEqual(expected.map(([, places]) => places));
    }),
    { numRuns: 300 },
  );
});

import { expect, test } from 'vitest';
import { generateSample } from '../../../../src-main/sample/generate/generate.ts';
import { readSampleSet } from '../../../bench/evaluate/sample-set.ts';

test('the sample is a labelled set: every event of every incident is in its history', () => {
  const { set, incidents } = readSampleSet(1);
  const sample = generateSample({ seed: 1 });
  expect(set.events).toBe(sample.events.length);
  expect(incidents.map(({ incident }) => incident)).toEqual(sample.incidents.map(({ incident }) => incident));
  const ids = new Set(
    set.history.segments.flatMap((segment) =>
      Array.from({ length: segment.length }, (_, index) => segment.idAt(index)),
    ),
  );
  expect(incidents.flatMap(({ eventIds }) => eventIds).filter((id) => !ids.has(id))).toEqual([]);
  expect([...set.history.fields].toSorted()).toEqual([
    'actorType',
    'ip',
    'metadata',
    'resourceId',
    'resourceType',
    'severity',
    'userAgent',
  ]);
});

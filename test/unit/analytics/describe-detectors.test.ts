// A detector that was switched off keeps its description and numbers while findings of it are still there.
import { expect, test } from 'vitest';
import { defaultDetection } from '#shared/model/detection.ts';
import { describeDetectors } from '../../../src-main/analytics/describe-detectors.ts';

const describe = (disabled: readonly string[], parameters = {}) =>
  describeDetectors(
    {
      settings: { ...defaultDetection, disabled: [...disabled], parameters },
      shippedRules: [],
      locations: null,
    },
    [
      { detector: 'nb', methodVersion: 'nb/1' },
      { detector: 'z3', methodVersion: 'z3/1' },
    ],
  );

test.each(['nb', 'z3'])('%s has the same numbers switched off as running', (id) => {
  const running = describe([]).find((one) => one.id === id);
  const off = describe([id]).find((one) => one.id === id);
  expect(Object.keys(off?.parameters ?? {}).length).toBeGreaterThan(3);
  expect(off?.parameters).toEqual(running?.parameters);
  expect(off?.description).toContain('It is switched off now');
  expect(off?.description).toContain(running?.description);
});

test('a number somebody chose is told, too', () => {
  const off = describe(['nb'], { nb: { threshold: 9 } }).find((one) => one.id === 'nb');
  expect(off?.parameters).toMatchObject({ threshold: 9 });
});

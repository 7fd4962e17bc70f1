// What a change of the detection settings changed, in phrases.
import { expect, it } from 'vitest';
import { detectionDifferences } from '../../../../src-renderer/screens/settings/detection-differences.ts';
import { defaultDetection } from '../../../../src-shared/model/detection.ts';

const titleOf = (id: string) => id.toUpperCase();
const between = (before: Partial<typeof defaultDetection>, after: Partial<typeof defaultDetection>) =>
  detectionDifferences({ ...defaultDetection, ...before }, { ...defaultDetection, ...after }, titleOf);

it('names every kind of difference, and nothing where there is none', () => {
  expect(between({}, {})).toEqual([]);
  expect(between({ disabled: ['a'] }, { disabled: ['b', 'c'] })).toEqual([
    'switched on: A',
    'switched off: B, C',
  ]);
  expect(between({ presets: ['insider'] }, { presets: ['security'] })).toEqual([
    'family switched on: Security rules',
    'family switched off: Insider-risk rules',
  ]);
  expect(between({ parameters: { z3: { limit: 3 } } }, { parameters: { z3: { days: 7 } } })).toEqual([
    'Z3, limit: 3 → default',
    'Z3, days: default → 7',
  ]);
  expect(between({ holidays: ['2026-01-01'] }, { holidays: ['2026-12-25'] })).toEqual([
    'holidays added: 2026-12-25',
    'holidays removed: 2026-01-01',
  ]);
  expect(
    between(
      { rules: [{ name: 'one', text: 'x' }] },
      {
        rules: [
          { name: 'one', text: 'y' },
          { name: 'two', text: 'z' },
        ],
        locationFile: 'places.csv',
      },
    ),
  ).toEqual(['own rules added: two', 'own rules changed: one', 'file of locations: none → places.csv']);
});

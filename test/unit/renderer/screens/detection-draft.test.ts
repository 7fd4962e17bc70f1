// Detection settings while they are being changed, and a risk history in words.
import { describe, expect, it } from 'vitest';
import { defaultDetection } from '../../../../src-shared/model/detection.ts';
import type { DetectorListing } from '../../../../src-shared/model/story.ts';
import { sparkLine } from '../../../../src-renderer/charts/spark-line.ts';
import { historyWords, scoreDaysAgo } from '../../../../src-renderer/screens/overview/risk-history.ts';
import {
  isOn,
  parseDates,
  sameSettings,
  withDetector,
  withFamily,
  withNumber,
} from '../../../../src-renderer/screens/settings/detection-draft.ts';

const detector = (id: string, family: DetectorListing['family']): DetectorListing => ({
  id,
  version: `${id}/1`,
  title: id,
  description: id,
  family,
  needs: [],
  lacks: null,
  evaluable: true,
  enabled: false,
  parameters: [],
});
const all = [detector('nb', 'built-in'), detector('insider.a', 'insider'), detector('insider.b', 'insider')];
const [nb, ruleA, ruleB] = all as [DetectorListing, DetectorListing, DetectorListing];

describe('detection settings', () => {
  it('switch a rule on without the rest of its family', () => {
    const after = withDetector(defaultDetection, ruleA, true, all);
    expect([isOn(nb, after), isOn(ruleA, after), isOn(ruleB, after)]).toEqual([true, true, false]);
    const both = withDetector(after, ruleB, true, all);
    expect(both).toMatchObject({ presets: ['insider'], disabled: [] });
  });

  it('switch a family on and off as a whole, and detectors one by one', () => {
    const on = withFamily(withDetector(defaultDetection, ruleA, true, all), 'insider', true, all);
    expect([isOn(ruleA, on), isOn(ruleB, on)]).toEqual([true, true]);
    expect(sameSettings(withFamily(on, 'insider', false, all), defaultDetection)).toBe(true);
    expect(isOn(nb, withDetector(defaultDetection, nb, false, all))).toBe(false);
  });

  it('write a number down only while it differs from its default', () => {
    const changed = withNumber(defaultDetection, 'nb', 'threshold', 4, 2.87);
    expect(changed.parameters).toEqual({ nb: { threshold: 4 } });
    expect(withNumber(changed, 'nb', 'threshold', 2.87, 2.87).parameters).toEqual({});
    expect(sameSettings(changed, defaultDetection)).toBe(false);
  });

  it('are the same in whatever order things were switched', () => {
    const one = { ...defaultDetection, disabled: ['a', 'b'], parameters: { x: { p: 1, q: 2 }, y: { r: 3 } } };
    const other = {
      ...defaultDetection,
      disabled: ['b', 'a'],
      parameters: { y: { r: 3 }, x: { q: 2, p: 1 } },
    };
    expect(sameSettings(one, other)).toBe(true);
  });
});

describe('parseDates', () => {
  it('reads one real date a line, each once', () => {
    expect(parseDates('2026-12-26\n\n 2026-12-25 \n2026-12-25')).toEqual(['2026-12-25', '2026-12-26']);
    expect(parseDates('2026-02-30')).toBeNull();
    expect(parseDates('Christmas')).toBeNull();
  });
});

describe('a risk history', () => {
  const history = [
    { day: '2026-11-01', score: 0 },
    { day: '2026-11-02', score: 62 },
    { day: '2026-11-03', score: 56.2 },
  ];

  it('is told with its beginning and its highest day', () => {
    expect(historyWords({ history, score: 50 })).toBe('Risk 50; 0 on 2026-11-01, highest 62 on 2026-11-02.');
    expect([1, 3, 4].map((days) => scoreDaysAgo({ history }, days))).toEqual([56.2, 0, null]);
  });

  it('is drawn on a scale that all lines share', () => {
    const { line, last } = sparkLine([0, 100, 50], { width: 100, height: 20, top: 100 });
    expect(line).toBe('M0,20L50,0L100,10');
    expect(last).toEqual({ x: 100, y: 10 });
    expect(sparkLine([], { width: 100, height: 20, top: 100 })).toEqual({ line: '', area: '', last: null });
  });
});

// The formulas of findings with their numbers, against real judgements, and against a number that was altered.
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src-shared/model/finding.ts';
import { nbDetector } from '../../../../src-main/analytics/detectors/nb/nb-detector.ts';
import { z3Detector } from '../../../../src-main/analytics/detectors/z3-detector.ts';
import { buildHistory } from '../../../../src-main/analytics/history/build-history.ts';
import { areSound, formulaLines } from '../../../../src-renderer/screens/findings/formula-lines.ts';
import { scopeOf } from '../../analytics/detectors/hours/told-otherwise.ts';
import { burst, firstHour, hourUs, staff, work } from '../../analytics/detectors/nb/office.ts';

const dana = { actor: 'dana', actorType: 'user' };
const tuesday = 7 * 7 * 24 + 24;
const history = buildHistory([
  ...work(staff, 7),
  ...burst(dana, 'document.read', tuesday + 3, 40),
  ...burst(dana, 'role_grant', tuesday + 12, 5),
]);
const scope = scopeOf(history, {
  zone: 'UTC',
  days: [(firstHour + tuesday) / 24],
  untilMicroseconds: (firstHour + tuesday + 20) * hourUs,
});

type Numbered = Pick<Finding, 'detector' | 'evidence' | 'count' | 'score'>;
const found = (detector: typeof nbDetector): Numbered[] =>
  detector.run(history, scope).map(({ detector: id, evidence, count, score }) => ({
    detector: id,
    evidence: JSON.parse(JSON.stringify(evidence)) as Numbered['evidence'],
    count,
    score,
  }));

describe.each([
  ['nb', nbDetector, 'lambda'],
  ['z3', z3Detector, 'deviationUsed'],
] as const)('the formula of %s', (id, detector, altered) => {
  const findings = found(detector);

  it('comes to the score and every number in between', () => {
    expect(findings).not.toEqual([]);
    for (const finding of findings) {
      const lines = formulaLines(finding);
      expect(lines.at(-1)!.result).toBe(finding.score);
      expect(areSound(lines)).toBe(true);
      expect(lines.filter(({ recomputed }) => recomputed !== null).length).toBeGreaterThan(1);
    }
  });

  it('does not come to a number that is another', () => {
    const [{ evidence, ...finding }] = findings as [Numbered];
    const lines = formulaLines({ ...finding, evidence: { ...evidence, [altered]: 0.123 } });
    expect(lines.length, id).toBeGreaterThan(1);
    expect(areSound(lines)).toBe(false);
  });
});

it('is told by the method alone where a detector keeps other numbers', () => {
  expect(formulaLines({ detector: 'mass', evidence: {}, count: 3, score: 1 })).toEqual([]);
  expect(formulaLines({ detector: 'nb', evidence: { lambda: 1 }, count: 3, score: 1 })).toEqual([]);
});

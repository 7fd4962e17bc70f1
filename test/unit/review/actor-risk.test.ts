// Risk on record: every point has its finding, and what was called false is nobody's.
import { expect, test } from 'vitest';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { halfLifeDays, pointsBySeverity } from '../../../src-main/analytics/risk.ts';
import { listActorRisks } from '../../../src-main/review/actor-risk.ts';
import { caseMembersOf } from '../../../src-main/review/case-members.ts';
import { makeFinding } from '../../support/finding.ts';
import { openCache } from '../../support/workspace.ts';

const dayUs = 86_400_000_000;
const end = Date.parse('2026-11-02T10:00:00Z') * 1000;

function risksOf(
  findings: readonly Finding[],
  of: { actor?: string; at?: number; historyDays?: number } = {},
) {
  const members = caseMembersOf(openCache(), findings, String);
  const { actor, at = end, historyDays = 0 } = of;
  return listActorRisks(findings, members, { actor, atMicroseconds: at, historyDays, limit: 10 });
}

test('adds up to the points of its findings, and ranks actors by them', () => {
  const risks = risksOf([
    makeFinding('a', { severity: 'high', actorName: 'Dana Fox' }),
    makeFinding('b', { severity: 'low' }),
    makeFinding('c', { actor: 'omar', severity: 'critical' }),
  ]);
  expect(risks.map(({ actor }) => actor)).toEqual(['omar', 'dana']);
  expect(risks[1]).toMatchObject({
    actorName: 'Dana Fox',
    halfLifeDays,
    score: pointsBySeverity.high + pointsBySeverity.low * 0.25,
  });
  for (const { score, overflow, contributions } of risks)
    expect(contributions.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score + overflow, 10);
  expect(risks[1]!.contributions.map(({ finding }) => finding)).toEqual(['a', 'b']);
});

test('leaves out what was called false, what is let pass, and what nobody in particular did', () => {
  const findings = [
    makeFinding('false', { disposition: 'false-positive' }),
    makeFinding('passes', { suppressedBy: 'exception-1' }),
    makeFinding('nobody', { actor: '', entity: { kind: 'ip', value: '203.0.113.1' } }),
  ];
  expect(risksOf(findings)).toEqual([]);
  const escalated = { disposition: 'escalated', suppressedBy: 'exception-1', blindCheck: true } as const;
  expect(risksOf([...findings, makeFinding('escalated', escalated)])).toMatchObject([
    { actor: 'dana', contributions: [{ finding: 'escalated' }] },
  ]);
});

test('tells one actor only, and each day of history with what began before its end', () => {
  const findings = [makeFinding('a', { severity: 'critical' }), makeFinding('b', { actor: 'omar' })];
  const [risk, ...others] = risksOf(findings, { actor: 'dana', at: end + 7 * dayUs, historyDays: 9 });
  expect(others).toEqual([]);
  expect(risk!.score).toBeCloseTo(pointsBySeverity.critical / 2, 10);
  expect(risk!.history.map(({ day }) => day)).toEqual([
    '2026-10-31',
    '2026-11-01',
    '2026-11-02',
    '2026-11-03',
    '2026-11-04',
    '2026-11-05',
    '2026-11-06',
    '2026-11-07',
    '2026-11-08',
  ]);
  const [before, alsoBefore, first, second] = risk!.history.map(({ score }) => score);
  expect([before, alsoBefore]).toEqual([0, 0]);
  expect(second! / first!).toBeCloseTo(0.5 ** (1 / halfLifeDays), 10);
});

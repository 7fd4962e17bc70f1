// What a report says of decisions that are not final, of items nobody decided, and of the source's own anomalies.
import { expect, test } from 'vitest';
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import type { Decision, Review } from '#shared/model/review.ts';
import { inlinesOf, type ReportDocument } from '../../../../src-main/evidence/report/document-model.ts';
import { reportDocument } from '../../../../src-main/evidence/report/document.ts';
import { collectStandings, standingOf } from '../../../../src-main/evidence/report/collect-standing.ts';
import { collectUndecided } from '../../../../src-main/evidence/report/collect-undecided.ts';
import { statedFacts } from '../../../../src-main/evidence/report/facts.ts';
import { durationText } from '../../../../src-main/evidence/report/visible-text.ts';
import { renderReportHtml } from '../../../../src-main/evidence/report/html/page.ts';
import { decisionsOf, chain, decisionDraft, reviewOf, sampleFinding, sampleInput } from '../sample-input.ts';
import { sampleReport } from './report-sample.ts';

function made(kind: Decision['decision'], changes: Partial<Decision> = {}): Decision {
  const [one] = decisionsOf(chain([decisionDraft('D', 'r', kind)]), ['D']);
  if (!one) throw new Error('No decision was made.');
  return { ...one, ...changes };
}

const second = (state: 'awaiting' | 'disagreed' | 'agreed') => ({ state, rules: ['x'], concurrences: [] });

test.each<[string, Partial<Review>, Decision]>([
  ['final', {}, made('revoke')],
  ['final', {}, made('certify', { sync: 'applied', second: second('agreed') })],
  ['awaiting', {}, made('revoke', { second: second('awaiting') })],
  ['disagreed', {}, made('revoke', { second: second('disagreed') })],
  ['disagreed', {}, made('escalate', { second: second('disagreed') })],
  ['opposed', { conflict: true }, made('certify')],
  ['opposed', {}, made('certify', { sync: 'superseded' })],
  ['not-independent', { ownByAlias: true, conflict: true }, made('certify')],
  ['not-taken', {}, made('modify', { sync: 'rejected' })],
  ['left-open', {}, made('abstain')],
])('a decision is %s where %j', (standing, item, decision) => {
  expect(standingOf({ ...reviewOf('r', decision), ...item }, decision)).toBe(standing);
});

test('every decision is counted once, under its kind', () => {
  const standings = collectStandings();
  standings.add(reviewOf('a', made('revoke')), made('revoke'));
  standings.add(reviewOf('b', made('revoke')), made('revoke', { second: second('awaiting') }));
  const counts = standings.counts();
  expect([...(counts.get('revoke') ?? [])].filter(([, count]) => count > 0)).toEqual([
    ['final', 1],
    ['awaiting', 1],
  ]);
});

const words = (document: ReportDocument, section: string): string => {
  const found = { ...document, cover: [], sections: document.sections.filter(({ id }) => id === section) };
  return [...inlinesOf(found)].map((inline) => (typeof inline === 'string' ? inline : inline.text)).join('');
};

test('the summary and the captions tell a decision that awaits a second person from a final one', () => {
  const { decisions } = sampleInput();
  const seconded = decisions.map((one) =>
    one.decision === 'revoke' ? { ...one, second: second('awaiting') } : one,
  );
  const document = reportDocument(sampleReport({ decisions: seconded }));
  expect(words(document, 'summary')).toContain(
    '3 have a decision here. Of these, 1 is final: 1 certified, 0 to',
  );
  expect(words(document, 'summary')).toContain('Decisions awaiting a second person: 1. They are not final.');
  const page = renderReportHtml(document);
  expect(page).toContain('Revoke: 1, awaiting a second person');
  expect(page).not.toMatch(/Revoke: \d+ in force/);
});

const elsewhere = (id: string, reviewer: string | null, reviewedAt: string): Review => ({
  ...reviewOf(id, undefined),
  overdue: false,
  status: 'reviewed',
  server: { reviewer, reviewedAt, notes: null },
});

test('overdue items come before open ones however many were reviewed elsewhere, which are counted by reviewer', () => {
  const others = Array.from({ length: 600 }, (_, index) =>
    elsewhere(`e${index}`, index % 3 === 0 ? null : 'otto', `2026-11-1${index % 9}T00:00:00.000Z`),
  );
  const open = { ...reviewOf('open', undefined), overdue: false };
  const gone = { ...reviewOf('gone', undefined), overdue: false, status: 'gone' as const };
  const population = [...others, gone, open, reviewOf('late', undefined)];
  const document = reportDocument(sampleReport({ population, decisions: [] }));
  const undecided = words(document, 'undecided');
  expect(undecided.indexOf('late')).toBeGreaterThan(-1);
  expect(undecided.indexOf('late')).toBeLessThan(undecided.indexOf('\nopen'));
  expect(undecided).not.toContain('e599');
  const facts = statedFacts(document);
  expect(facts.get('undecided-open')?.value).toBe('3');
  expect(facts.get('elsewhere-by-otto')?.value).toBe('400');
  expect(facts.get('elsewhere-nobody')?.value).toBe('200');
  expect([...facts.keys()].filter((name) => name.startsWith('decision-'))).toEqual([
    'decision-late',
    'decision-open',
    'decision-gone',
  ]);
});

test('an older page is still held to the list it had', () => {
  const population = [elsewhere('e', 'otto', '2026-11-10T00:00:00.000Z'), reviewOf('late', undefined)];
  const facts = statedFacts(reportDocument(sampleReport({ population, decisions: [] }), 2));
  expect(facts.has('decision-e')).toBe(true);
  expect(facts.has('undecided-open')).toBe(false);
  expect(facts.get('count-medianDwellMs')?.text).toBe('4,000');
});

test('reviewers beyond the limit are counted together', () => {
  const collector = collectUndecided(5, 2);
  for (const [index, reviewer] of ['a', 'b', 'b', 'c', 'c', 'd'].entries())
    collector.add(elsewhere(`e${index}`, reviewer, `2026-11-1${index}T00:00:00.000Z`));
  const rows = collector.rows();
  expect(rows.elsewhere.rows).toMatchObject([
    { reviewer: 'b', items: 2, first: '2026-11-11T00:00:00.000Z', last: '2026-11-12T00:00:00.000Z' },
    { reviewer: 'c', items: 2 },
  ]);
  expect(rows.elsewhere.total).toBe(4);
  expect(rows.byUnlisted).toBe(2);
});

test.each([
  [0, '0 ms'],
  [850, '850 ms'],
  [1198, '1.2 s'],
  [4000, '4 s'],
  [59_960, '1 min'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 5 min'],
])('%d milliseconds are “%s”', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

const anomaly: ServerAnomaly = {
  id: 'a1',
  tenant: null,
  user: 'bob',
  anomalyType: 'bulk_delete',
  severity: 'critical',
  score: '41.20',
  detectedText: '2026-11-13 14:20:00+00',
  detectedAt: '2026-11-13T14:20:00.000Z',
  scoreScale: 'z_score',
  server: null,
  status: 'open',
  disposition: null,
  note: null,
  disposedAt: null,
  disposedBy: null,
  dispositionId: null,
  sync: null,
  syncDetail: null,
  conflict: false,
  changed: [],
  changedAt: null,
  vanishedAt: null,
  returnedAt: null,
  publishedFinding: null,
  digest: 'ab'.repeat(32),
};

test('the anomalies of the source have a chapter of their own, open ones first', () => {
  const report = sampleReport();
  const acknowledged = { ...anomaly, id: 'a0', status: 'acknowledged', disposition: 'acknowledged' } as const;
  const rows = {
    ...report.rows,
    anomalies: {
      rows: [anomaly, acknowledged],
      total: 2,
      byStatus: new Map([
        ...report.rows.anomalies.byStatus,
        ['open', 1] as const,
        ['acknowledged', 1] as const,
      ]),
    },
  };
  const counts = { ...report.predicate.counts, anomalies: 2, anomaliesOpen: 1 };
  const document = reportDocument({ ...report, rows, predicate: { ...report.predicate, counts } });
  expect(words(document, 'anomalies')).toContain('bulk_delete by bob');
  expect(words(document, 'summary')).toContain('Anomalies of the source that nobody judged: 1.');
  expect(statedFacts(document).get('anomaly-a0')?.value).toBe('acknowledged');
  expect(words(reportDocument(report), 'anomalies')).toContain('no data/anomalies.jsonl');
});

test('the cover does not call a session unrestricted that named an account', () => {
  const { source } = sampleInput();
  const cover = (sourceAccount: string | null) => {
    const document = reportDocument(sampleReport({ source: source && { ...source, sourceAccount } }));
    return words({ ...document, sections: [{ id: 'cover', title: '', blocks: document.cover }] }, 'cover');
  };
  expect(cover(null)).toContain('the session named the usual one, “primary”');
  expect(cover('Acme')).toContain('Acme');
});

test('a finding says its disposition first, and its method once', () => {
  const nb = {
    ...sampleFinding,
    detector: 'nb',
    methodVersion: 'nb/1',
    evidence: { lambda: 0.5, tests: 12 },
  };
  const text = words(reportDocument(sampleReport({ findings: [nb] })), 'findings');
  expect(text.indexOf('escalated, by ')).toBeLessThan(text.indexOf('1,234 exports'));
  expect(text).toContain('nb/1, 2026-11-19');
  expect(text).not.toContain('nb nb/1');
});

import { expect, test } from 'vitest';
import { assertNever } from '#shared/model/problem.ts';
import type { Block, Phrase, ReportDocument } from '../../../../src-main/evidence/report/document-model.ts';
import { reportDocument } from '../../../../src-main/evidence/report/document.ts';
import { statedFacts } from '../../../../src-main/evidence/report/facts.ts';
import {
  chain,
  decisionDraft,
  decisionsOf,
  reviewOf,
  sampleDrafts,
  sampleFinding,
  sampleInput,
  type EntryDraft,
} from '../sample-input.ts';
import { sampleReport, sampling } from './report-sample.ts';

const wordsOf = (phrase: Phrase): string =>
  phrase.map((inline) => (typeof inline === 'string' ? inline : inline.text)).join('');

function textOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'note':
    case 'heading':
      return wordsOf(block.phrase);
    case 'list':
      return block.items.map(wordsOf).join('\n');
    case 'verbatim':
      return block.text;
    case 'facts':
      return block.terms.map(([term, value]) => `${term}: ${wordsOf(value)}`).join('\n');
    case 'table':
      return [block.caption, ...block.rows.map((row) => row.map(wordsOf).join(' | '))].join('\n');
    case 'figure':
      return `${block.title} ${block.description}`;
    default:
      return assertNever(block);
  }
}

function sectionText({ sections }: ReportDocument, id: string): string {
  const blocks = sections.find((section) => section.id === id)?.blocks ?? [];
  return blocks.map(textOf).join('\n');
}

test('it states every count, every decision and every number of a finding', () => {
  const facts = statedFacts(reportDocument(sampleReport()));
  const values = Object.fromEntries([...facts].map(([name, { value }]) => [name, value]));
  expect(values).toMatchObject({
    'count-population': '5',
    'count-decisionsByKind-escalate': '1',
    'count-blindCheckMissRate': 'unknown',
    'ipe-serverRows': '3',
    'day-2026-11-18-mirrored': '2',
    'decision-r1': 'certify',
    'decision-r2': 'revoke',
    'decision-r3': 'none',
    'finding-f1-count': '1234',
    'finding-f1-mean': '0.25',
    'conduct-recorded': '6',
    'conduct-quickShare': '1',
  });
});

test('the summary says what is left open', () => {
  const summary = sectionText(reportDocument(sampleReport()), 'summary');
  expect(summary).toContain(
    'Of 5 review items, 3 have a decision here. Of these, 2 are final: 1 certified, 1 to revoke and 0 to modify.',
  );
  expect(summary).toContain('Items without a decision here: 2.');
  expect(summary).toContain('review their own action, refused: 1.');
  expect(summary).not.toContain('hidden by exceptions: 0');
});

test('what is unknown is called unknown, and what is missing is missing', () => {
  const { ipe } = sampleInput();
  const document = reportDocument(
    sampleReport({
      ipe: { ...ipe, serverRows: null, completeness: 'unknown', completenessReason: 'Not counted.' },
      findings: [],
      detectors: [],
    }),
  );
  expect(sectionText(document, 'population')).toContain('counted by the database: unknown');
  expect(sectionText(document, 'population')).toContain('UNKNOWN: completeness could not be checked.');
  expect(sectionText(document, 'method')).toContain('Detectors: none.');
  expect(sectionText(document, 'findings')).toContain('no proof that nothing happened');
});

test('the second reviewer is named where two persons decided, and awaited where not', () => {
  const { decisions } = sampleInput();
  const said = {
    id: 'C',
    agree: true,
    reason: 'Right.',
    reviewer: 'carol',
    reviewerName: 'Carol',
    counts: true,
  };
  const seconded = decisions.map((made, index) => ({
    ...made,
    second:
      index === 0
        ? {
            state: 'agreed' as const,
            rules: ['critical-severity'],
            concurrences: [{ ...said, at: '2026-11-19T09:00:00.000Z' }],
          }
        : { state: 'awaiting' as const, rules: ['critical-severity'], concurrences: [] },
  }));
  const text = sectionText(reportDocument(sampleReport({ decisions: seconded })), 'decisions');
  expect(text).toContain(
    'agreed (critical-severity)\nCarol (carol): agrees, 2026-11-19 09:00:00 UTC. Right.',
  );
  expect(text).toContain('AWAITED; not final (critical-severity)');
});

test('exceptions and changes come from the ledger, with what differs', () => {
  const drafts: EntryDraft[] = [
    ...sampleDrafts,
    {
      id: 'X1',
      type: 'exception-granted',
      subject: 'X1',
      actor: 'alice',
      payload: {
        id: 'X1',
        detector: 'z3',
        sourceAccount: 'primary',
        entityKind: 'actor',
        entity: 'bob',
        action: null,
        hourOfWeek: null,
        maximumCount: 2000,
        grantedAt: '2026-11-19T08:12:00.000Z',
        expiresAt: '2026-12-19T08:12:00.000Z',
        owner: 'carol',
        reason: 'Nightly batch',
        endedAt: null,
      },
    },
    {
      id: 'X2',
      type: 'detection-changed',
      subject: 'detection',
      actor: 'alice',
      payload: { before: { disabled: [] }, after: { disabled: ['nb'] }, reason: 'Too loud' },
    },
    {
      id: 'X3',
      type: 'configuration-changed',
      subject: 'privileged-actions',
      actor: 'alice',
      payload: { before: ['a', 'b'], after: ['b', 'c'], reason: 'New action' },
    },
  ];
  const hidden = { ...sampleFinding, suppressedBy: 'X1' };
  const document = reportDocument(sampleReport({ ledger: chain(drafts), findings: [hidden] }));
  expect(sectionText(document, 'exceptions')).toContain('z3, actor bob, any action, at most 2,000 events');
  expect(sectionText(document, 'exceptions')).toMatch(/carol\nNightly batch [^]* \| 1\nblind checks: 0/);
  const changes = sectionText(document, 'changes');
  expect(changes).toContain('disabled: [] → ["nb"] | Too loud');
  expect(changes).toContain('added c\nremoved a | New action');
});

function exceptionDraft(id: string, expiresAt: string): EntryDraft {
  const [template] = sampleDrafts.filter((draft) => draft.type === 'exception-granted');
  return {
    ...template,
    id,
    type: 'exception-granted',
    subject: id,
    payload: { ...template?.payload, id, expiresAt },
  };
}

test('exceptions are those of the period, each with its beginning and end, and the sums say what others hide', () => {
  const drafts: EntryDraft[] = [
    exceptionDraft('OLD', '2026-11-16T00:00:00.000Z'),
    exceptionDraft('SPENT', '2026-11-18T00:00:00.000Z'),
    exceptionDraft('STOPPED', '2026-12-18T00:00:00.000Z'),
    exceptionDraft('VALID', '2026-12-19T00:00:00.000Z'),
    { id: 'END', type: 'exception-ended', subject: 'STOPPED', actor: 'dora', payload: { reason: 'Moved' } },
  ];
  const hiddenBy = ['OLD', 'SPENT', 'VALID', 'VALID'];
  const findings = hiddenBy.map((suppressedBy, index) => ({
    ...sampleFinding,
    id: `f${index}`,
    suppressedBy,
  }));
  const report = sampleReport({ ledger: chain(drafts), findings });
  const { predicate } = report;
  const document = reportDocument({
    ...report,
    predicate: { ...predicate, counts: { ...predicate.counts, suppressed: 4 } },
  });
  const text = sectionText(document, 'exceptions');
  expect(text).not.toContain('OLD');
  expect(text).toMatch(
    /SPENT \|[^|]*\|[^|]*\| Granted in the period, .*, by alice\nExpired\nuntil 2026-11-18/,
  );
  expect(text).toMatch(/STOPPED \|[^|]*\|[^|]*\| .*\nEnded early, .*, by dora: Moved \| 0/);
  expect(text).toMatch(/VALID \|[^|]*\|[^|]*\| .*\nIn force when the pack was made\nuntil [^|]*\| 2/);
  expect(text).toContain('They hide 3 of the suppressed findings; exceptions that had ended before hide 1.');
  const later = { ...predicate, period: { from: '2026-11-20T00:00:00.000Z', to: null } };
  expect(sectionText(reportDocument({ ...report, predicate: later }), 'exceptions')).toContain(
    'Granted before the period',
  );
});

test('the sample says how it was drawn, what was decided about it, and what follows', () => {
  const judged = sectionText(reportDocument(sampleReport({ sampling })), 'sampling');
  expect(judged).toContain('Method: judgemental, for a control performed monthly');
  expect(judged).toMatch(/Sample size: 3\nSeed: [0-9a-f]{64}/);
  expect(judged).toContain('says nothing about a rate');
  const method = {
    kind: 'attribute',
    confidence: 0.9,
    tolerableRate: 0.5,
    allowedDeviations: 0,
    model: 'binomial',
  } as const;
  const seed = 'given by the auditor';
  const open = sectionText(reportDocument(sampleReport({ sampling: { method, seed } })), 'sampling');
  expect(open).toContain('90 % confidence, tolerable rate 50 %, deviations allowed: 0');
  expect(open).toContain('Seed: given by the auditor\nWhere the seed is from: an auditor gave it');
  expect(open).toMatch(/Items drawn that have no result yet: [1-4]\./);
});

test('of a sample with results it says how many deviate, and up to what rate all may', () => {
  const method = {
    kind: 'attribute',
    confidence: 0.9,
    tolerableRate: 0.5,
    allowedDeviations: 0,
    model: 'hypergeometric',
  } as const;
  const ledger = chain(
    ['r1', 'r2', 'r3', 'r4'].map((id) => decisionDraft(`D-${id}`, id, id === 'r1' ? 'revoke' : 'certify')),
  );
  const decisions = decisionsOf(ledger, ['D-r1', 'D-r2', 'D-r3', 'D-r4']);
  const population = decisions.map((made) => reviewOf(made.review, made));
  const given = { ledger, decisions, population, conflicts: [], sampling: { method, seed: 'a' } };
  const document = reportDocument(sampleReport(given));
  const text = sectionText(document, 'sampling');
  const facts = statedFacts(document);
  // Of four items three are tested, of two deviating ones at least one then shows with a chance of 1.
  expect(facts.get('sample-size')?.value).toBe('3');
  const deviations = Number(facts.get('sample-deviations')?.value);
  expect(text).toContain(`Deviations: revoke or modify: ${deviations}`);
  expect(facts.get('sample-upperLimit')?.text).toBe(deviations === 0 ? '25.00 %' : '50.00 %');
  expect(text).toContain(deviations === 0 ? 'That is within the tolerable rate' : 'That is NOT within');
});

test('what became of the population is listed with what differs', () => {
  const { population } = sampleInput();
  const gone = population.map((item) => (item.id === 'r1' ? { ...item, status: 'gone' as const } : item));
  const document = reportDocument(sampleReport({ population: gone }));
  const text = sectionText(document, 'population-changes');
  expect(text).toMatch(/Items that went\nr1 \| Gone \| role_grant by bob, due 2026-11-20 08:00:00 UTC/);
  expect(text).toMatch(/r2 \| Changed \| due: 2026-11-21 08:00:00 UTC → 2026-11-20 08:00:00 UTC/);
  expect(text).toMatch(/r3 \| New \|/);
  expect(statedFacts(document).get('population-r1')?.value).toBe('removed');
});

test('sign-offs are said to stand beside the data, in files named by the key of the preparer', () => {
  const text = sectionText(reportDocument(sampleReport()), 'sign-off');
  expect(text).toContain('signatures/preparer-00000000.sig\nsign-offs/preparer-00000000.json');
  expect(text).toContain('cannot tell who signed');
});

test('controls are those that were handed in', () => {
  const controls = [{ framework: 'House rules', control: 'H-7', title: 'Look twice.' }];
  const text = sectionText(reportDocument(sampleReport({}, { controls })), 'controls');
  expect(text).toContain('House rules | H-7 | Look twice.');
  expect(text).not.toContain('SOC 2');
});

test('the views and the statement are not among the hashes', () => {
  const text = sectionText(reportDocument(sampleReport()), 'hashes');
  expect(text).toContain('data/population.jsonl');
  expect(text).not.toMatch(/report\.html|statement\.json/);
});

test('what is not listed is counted, and said to be elsewhere', () => {
  const population = Array.from({ length: 600 }, (_, index) => reviewOf(`u${index}`, undefined));
  const document = reportDocument(sampleReport({ population, decisions: [] }));
  const text = sectionText(document, 'undecided');
  expect(text).toContain('Listed here: 500 of 600. All of them are in data/decisions.jsonl');
  expect(statedFacts(document).has('decision-u499')).toBe(true);
  expect(statedFacts(document).has('decision-u500')).toBe(false);
});

test('every figure says in words what it shows', () => {
  const figures = reportDocument(sampleReport()).sections.flatMap(({ blocks }) =>
    blocks.filter((block) => block.kind === 'figure'),
  );
  expect(figures.map(({ description }) => description)).toEqual([
    expect.stringContaining('2 days from 2026-11-17 to 2026-11-18'),
    expect.stringContaining('Observed 1,234; mean 0.25'),
    expect.stringContaining('Findings: 1, in 1 of 168 hours'),
  ]);
  for (const { shapes, width, height } of figures) {
    for (const shape of shapes) {
      if (shape.kind !== 'rect') continue;
      expect(shape.x + shape.width).toBeLessThanOrEqual(width + 0.01);
      expect(shape.y + shape.height).toBeLessThanOrEqual(height + 0.01);
      expect(Math.min(shape.x, shape.y, shape.width, shape.height)).toBeGreaterThanOrEqual(0);
    }
  }
});

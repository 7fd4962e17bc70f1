import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { comparePage } from '../../../../src-main/evidence/report/check-page.ts';
import { reportDocument } from '../../../../src-main/evidence/report/document.ts';
import { elementOf, type Facts } from '../../../../src-main/evidence/report/facts.ts';
import { foreignElements } from '../../../../src-main/evidence/report/foreign-elements.ts';
import { renderReportHtml } from '../../../../src-main/evidence/report/html/page.ts';
import { sampleReport, sampling } from './report-sample.ts';

const document = reportDocument(sampleReport({ sampling }));
const page = renderReportHtml(document);
const noFacts = (): Facts => new Map();

test('it needs nothing from elsewhere and runs nothing', () => {
  expect(page).not.toMatch(/<script|<link|<img|<iframe|src=|url\(|@import/i);
  expect(foreignElements(page)).toEqual([]);
});

test('its policy lets in exactly its style', () => {
  const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? '';
  const digest = createHash('sha256').update(style).digest('base64');
  expect(page).toContain(`default-src &#39;none&#39;; style-src &#39;sha256-${digest}&#39;`);
});

test('hostile values are shown as text, with hidden characters by their code', () => {
  expect(page).toContain('&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).toContain('⟦U+202E⟧gnp');
  expect(page).not.toContain('<b>');
});

test('headings descend without a gap, and ids are unique', () => {
  const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
  expect(levels[0]).toBe(1);
  for (const [index, level] of levels.entries())
    expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('tables have captions and heads with scope', () => {
  const tables = page.match(/<table>/g)?.length ?? 0;
  expect(tables).toBeGreaterThan(5);
  expect(page.match(/<caption>/g)).toHaveLength(tables);
  expect(page).not.toMatch(/<th>/);
  expect(page).toContain('<th scope="col">Reason</th>');
});

test('a page of its own making is the same', () => {
  expect(comparePage(page, document, noFacts)).toMatchObject({
    foreign: [],
    missing: [],
    wrong: [],
    isSame: true,
  });
});

test.each([
  [
    'a number',
    (text: string) => text.replace('>1,234<', '>1,235<'),
    { wrong: ['“finding-f1-count”'], isSame: false },
  ],
  [
    'a decision',
    (text: string) => text.replaceAll('>Revoke</data>', '>Certified</data>'),
    { wrong: ['“decision-r2”', '“decision-r2”'] },
  ],
  ['a word only', (text: string) => text.replace('Summary', 'Abstract'), { wrong: [], isSame: false }],
  ['a script', (text: string) => text.replace('</main>', '<script>1</script>'), { foreign: ['script'] }],
])('%s that was changed is noticed', (_, change, expected) => {
  expect(change(page)).not.toBe(page);
  expect(comparePage(change(page), document, noFacts)).toMatchObject(expected);
});

test('a fact that was left out is noticed', () => {
  const fact = elementOf('decision-r1', { value: 'certify', text: 'Certified' });
  expect(comparePage(page.replaceAll(fact, ''), document, noFacts)).toMatchObject({
    missing: ['decision-r1'],
  });
});

test('an older page is held against everything it listed then', () => {
  const facts: Facts = new Map([['count-x', { value: '1', text: '1' }]]);
  const older = `<!doctype html><html><body>${elementOf('count-x', { value: '1', text: '1' })}</body></html>`;
  expect(comparePage(older, document, () => facts)).toMatchObject({
    foreign: [],
    missing: [],
    wrong: [],
    facts: 1,
    isSame: false,
  });
});

test('a page of the second edition is held against what reports stated then', () => {
  const report = sampleReport();
  const before = reportDocument(report, 2);
  const older = renderReportHtml(before);
  expect(older).toContain('data-report="2"');
  expect(older).not.toMatch(/id="(?:sampling|sign-off|population-changes)"/);
  expect(comparePage(older, before, noFacts)).toMatchObject({ missing: [], wrong: [], isSame: true });
  expect(comparePage(page, before, noFacts).wrong).toContain('“sample-size”');
});

test('a hostile name of a fact is shown short and harmless', () => {
  const hostile = page.replace(
    '</main>',
    `<data data-fact="\u202E${'x'.repeat(500)}" value="1">1</data></main>`,
  );
  const { wrong } = comparePage(hostile, document, noFacts);
  expect(wrong).toEqual([`“⟦U+202E⟧${'x'.repeat(79)}”`]);
  const nameless = page.replace('</main>', '<data value="1">1</data></main>');
  expect(comparePage(nameless, document, noFacts).wrong).toEqual(['one without a name']);
});

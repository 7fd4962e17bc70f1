import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { reportDocument } from '../../../../src-main/evidence/report/document.ts';
import { renderReportHtml } from '../../../../src-main/evidence/report/html/page.ts';
import { renderReportPdf } from '../../../../src-main/evidence/report/pdf/print.ts';
import { foreignElements } from '../../../../src-main/evidence/report/foreign-elements.ts';
import { reviewOf, sampleFinding, sampleInput } from '../sample-input.ts';
import { placesOf, readPdf } from './read-pdf.ts';
import { sampleReport, sampling } from './report-sample.ts';

const document = reportDocument(sampleReport());
let bytes: Uint8Array;
let read: Awaited<ReturnType<typeof readPdf>>;
beforeAll(async () => {
  bytes = await renderReportPdf(document);
  read = await readPdf(bytes);
});

const raw = () => Buffer.from(bytes).toString('latin1');

test('the same report gives the same bytes, in another process and whatever was printed before', async () => {
  const changes = { findings: [{ ...sampleFinding, actorName: '\uFB01' }] };
  const here = await renderReportPdf(reportDocument(sampleReport(changes)));
  const folder = new URL('.', import.meta.url);
  const script = `
    import { createHash } from 'node:crypto';
    const { sampleReport } = await import(${JSON.stringify(new URL('report-sample.ts', folder).href)});
    const report = ${JSON.stringify(new URL('../../../../src-main/evidence/report/', folder).href)};
    const { reportDocument } = await import(report + 'document.ts');
    const { renderReportPdf } = await import(report + 'pdf/print.ts');
    const bytes = await renderReportPdf(reportDocument(sampleReport(${JSON.stringify(changes)})));
    process.stdout.write(createHash('sha256').update(bytes).digest('hex'));`;
  const there = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: fileURLToPath(folder),
    env: { ...process.env, TZ: 'Asia/Kathmandu' },
    encoding: 'utf8',
  });
  expect(there).toBe(createHash('sha256').update(here).digest('hex'));
});

test('it knows no other time than that of the pack', () => {
  expect(read.info['CreationDate']).toBe('D:20261120100000Z');
  expect(raw()).not.toContain('/ModDate');
});

test('others get their turn while it is set, and two at once disturb neither', async () => {
  let turns = 0;
  const breathe = () => {
    turns += 1;
    return new Promise<void>((resolve) => setImmediate(resolve));
  };
  // The typeface has one glyph for this letter and for the letters f and i.
  const { reviewer } = sampleInput();
  const other = reportDocument(sampleReport({ reviewer: { ...reviewer, name: '\uFB01' } }));
  const [one, two] = await Promise.all([renderReportPdf(document, breathe), renderReportPdf(other, breathe)]);
  expect(turns).toBeGreaterThan(150);
  expect(Buffer.compare(one, bytes)).toBe(0);
  expect(Buffer.compare(two, await renderReportPdf(other))).toBe(0);
  const gaveUp = new Error('Given up.');
  await expect(renderReportPdf(document, () => Promise.reject(gaveUp))).rejects.toBe(gaveUp);
  expect(Buffer.compare(await renderReportPdf(document), bytes)).toBe(0);
});

test('title, language and kind are said where viewers look for them', () => {
  const title =
    'Review of privileged actions and unusual activity – evidence pack 01K9ZZZZZZZZZZZZZZ12345678';
  expect(read.info['Title']).toBe(title);
  expect(read.title).toBe(title);
  expect(read.info['Language']).toBe('en');
  expect(raw()).toContain('/DisplayDocTitle true');
  expect(raw()).toContain('<pdfuaid:part>1</pdfuaid:part>');
  expect(read.marks).toMatchObject({ Marked: true, Suspects: false });
});

test('everything on a page is either read out, once and in a known place, or an artifact', () => {
  for (const page of read.pages) {
    expect(page.stray).toBe('');
    for (const id of page.marked) expect(page.reached).toContain(id);
    expect(page.artifacts).toMatch(/Page \d+ of \d+/);
  }
});

test('headings, lists, tables, figures and contents are tagged as such', () => {
  const paths = new Set(read.pages.flatMap((page) => [...page.paths]));
  for (const path of [
    'Document/Sect/H1',
    'Document/Sect/H2',
    'Document/Sect/H3',
    'Document/Sect/P',
    'Document/Sect/L/LI/Lbl',
    'Document/Sect/L/LI/LBody',
    'Document/Sect/Table/Caption',
    'Document/Sect/Table/THead/TR/TH',
    'Document/Sect/Table/TBody/TR/TH',
    'Document/Sect/Table/TBody/TR/TD',
    'Document/Sect/Figure',
    'Document/Sect/TOC/TOCI/Reference/Link',
  ])
    expect(paths).toContain(path);
  expect(raw()).toMatch(/\/Scope \/Column/);
  expect(raw()).toMatch(/\/Scope \/Row/);
});

test('figures have their words as alternative text', () => {
  const figures = document.sections.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'figure'));
  const alternatives = read.pages.flatMap((page) => page.alternatives);
  expect(alternatives).toHaveLength(figures.length);
  expect(alternatives.join('\n')).toContain('Observed 1,234; mean 0.25');
});

test('contents and bookmarks lead to every section', () => {
  const [first] = read.pages;
  expect(first?.links.map(({ destination }) => destination)).toEqual(document.sections.map(({ id }) => id));
  expect(first?.links[0]?.words).toMatch(/^1 Summary, page \d+$/);
  expect(new Set(read.destinations)).toEqual(new Set(document.sections.map(({ id }) => id)));
  expect(read.bookmarks).toEqual([
    document.title,
    ...document.sections.map(({ title }, index) => `${index + 1} ${title}`),
  ]);
});

test('its typefaces are inside, and only the glyphs it uses', () => {
  const fonts = raw().match(/\/FontName \/(\S+)/g) ?? [];
  expect(fonts).toHaveLength(3);
  for (const font of fonts) expect(font).toMatch(/\/[A-Z]{6}\+DejaVuSans/);
  expect(raw().match(/\/FontFile2 /g)).toHaveLength(3);
  expect(raw().match(/\/ToUnicode /g)).toHaveLength(3);
  expect(bytes.length).toBeLessThan(250_000);
});

/** Words of a view without the spaces that lines and cells put between them. */
const packed = (text: string): string => text.replaceAll(/\s+/g, '');

test('both views hold the same facts, cells and terms', () => {
  const page = renderReportHtml(document);
  const pdf = packed(read.text);
  for (const [, text = ''] of page.matchAll(/<data [^>]*>([^<]*)<\/data>/g))
    expect(pdf).toContain(packed(text));
  for (const [, cell = ''] of page.matchAll(/<t[hd](?: scope="\w+")?>([^]*?)<\/t[hd]>/g)) {
    const words = cell
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    expect(pdf).toContain(packed(words));
  }
});

test('a table that goes on over pages has its heads on each of them', async () => {
  const population = Array.from({ length: 120 }, (_, index) => reviewOf(`item-${index}`, undefined));
  const { pages } = await readPdf(
    await renderReportPdf(
      reportDocument(sampleReport({ population, decisions: [], firstSights: undefined })),
    ),
  );
  const withItems = pages.filter(({ text }) => text.includes('item-'));
  expect(withItems.length).toBeGreaterThan(3);
  for (const { artifacts } of withItems.slice(1)) expect(artifacts).toContain('Item By Due');
  const all = pages.map(({ text }) => text).join('\n');
  for (let index = 0; index < 120; index += 1) expect(all).toContain(`item-${index}\n`);
});

test('letters that cannot be set are shown by their code, and none is dropped', async () => {
  const finding = {
    ...sampleFinding,
    actorName: '\u0710\u0712 漢 e\u0301 \u{1F600}a\u0300\u0301\u0302\u0303',
  };
  const { text } = await readPdf(
    await renderReportPdf(reportDocument(sampleReport({ findings: [finding] }))),
  );
  expect(packed(text)).toContain('⟦U+0710⟧⟦U+0712⟧⟦U+6F22⟧é');
  expect(packed(text)).toContain('à\u0301\u0302⟦U+0303⟧');
});

test('Hebrew and Arabic stand from right to left, and come in the order in which they are read', async () => {
  const what = 'שלום עולם עם 12 קבצים. '.repeat(12).trim();
  const finding = {
    ...sampleFinding,
    explanationParts: { ...sampleFinding.explanationParts, what, unusual: 'العميل حذف 34 ملف' },
  };
  const printed = await renderReportPdf(reportDocument(sampleReport({ findings: [finding] })));
  const { pages } = await readPdf(printed);
  const text = pages.map((page) => page.text).join(' ');
  // In reading order; this reader drops the spaces of text that runs backwards on the page.
  expect(packed(text).match(/שלוםעולםעם12קבצים\./g)).toHaveLength(12);
  expect(packed(text)).toContain('العميلحذف34ملف');
  expect(text).not.toContain('⟦U+05');
  for (const { stray } of pages) expect(stray).toBe('');
  const reversed = pages.map((page) => page.reversed).join('');
  expect(reversed).toContain('שלום');
  expect(reversed).not.toMatch(/\w/);
  const places = await placesOf(printed, ['שלום', 'עולם', 'קבצים.']);
  const [first, second, third] = places;
  expect(first?.x).toBeGreaterThan(second?.x ?? Infinity);
  expect(second?.x).toBeGreaterThan(third?.x ?? Infinity);
  expect(new Set(places.map(({ y }) => y)).size).toBe(1);
});

const hostileText = fc.oneof(
  fc.constantFrom(
    '<script>alert(1)</script>',
    '\u202Egnp.exe',
    'x'.repeat(100_000),
    '\u0000\u0007\u001B[2J',
    'a\uD800b',
    '\uDC00',
    '()\\)) Tj ET',
    '<</Type/Action>>',
    '\u0301'.repeat(400),
    'ا'.repeat(3000),
    '\r\n\t \n',
    ']]>&#x3c;',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

test('hostile text breaks neither view', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, hostileText, hostileText, async (name, reason, id) => {
      const input = sampleInput();
      const report = sampleReport({
        // What half a character has is no canonical line, so no part of a pack can hold it.
        population: input.population.map((item) => ({ ...item, actorName: name, action: id.toWellFormed() })),
        sampling,
        decisions: input.decisions.map((made) => ({ ...made, reason, reviewerName: name })),
        findings: [
          {
            ...sampleFinding,
            actorName: name,
            explanationParts: { ...sampleFinding.explanationParts, what: reason },
          },
        ],
        reviewer: { ...input.reviewer, name },
        ipe: { ...input.ipe, query: reason, filters: [name] },
        zone: name,
      });
      const hostile = reportDocument(report);
      const page = renderReportHtml(hostile);
      expect(foreignElements(page)).toEqual([]);
      expect(page.isWellFormed()).toBe(true);
      expect(page.length).toBeLessThan(400_000);
      const { pages } = await readPdf(await renderReportPdf(hostile));
      for (const { stray, marked, reached } of pages) {
        expect(stray).toBe('');
        expect([...marked].filter((mark) => !reached.has(mark))).toEqual([]);
      }
      expect(pages.length).toBeLessThan(120);
    }),
    { numRuns: 15 },
  );
}, 60_000);

// What PDF/UA-1 asks of a file and a program can see, checked on a report that has every kind of block.
import { inflateSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { getDocumentProxy } from 'unpdf';
import { reportDocument } from '../../../../src-main/evidence/report/document.ts';
import { renderReportPdf } from '../../../../src-main/evidence/report/pdf/print.ts';
import { sampleFinding } from '../sample-input.ts';
import { sampleReport, sampling } from './report-sample.ts';

type Node = { readonly role: string; readonly alt: string | null; readonly children: readonly Node[] };

let raw: string;
let pages: number;
/** The tags of all pages in reading order; an element that goes on over pages comes once for each. */
let roots: readonly Node[];

function nodeOf(given: unknown): Node[] {
  const { role, alt, children } = given as { role?: string; alt?: string; children?: unknown[] };
  if (role === undefined) return [];
  return [{ role, alt: alt ?? null, children: (children ?? []).flatMap(nodeOf) }];
}

beforeAll(async () => {
  const findings = [sampleFinding, { ...sampleFinding, id: 'f2', detector: 'nb', evidence: { mean: 3 } }];
  const bytes = await renderReportPdf(reportDocument(sampleReport({ sampling, findings })));
  raw = Buffer.from(bytes).toString('latin1');
  const document = await getDocumentProxy(Uint8Array.from(bytes));
  pages = document.numPages;
  const trees: Node[] = [];
  for (let number = 1; number <= pages; number += 1) {
    const tree = await (await document.getPage(number)).getStructTree();
    trees.push(...(tree?.children ?? []).flatMap(nodeOf));
  }
  roots = trees;
});

function* everyNode(nodes: readonly Node[] = roots): Generator<Node> {
  for (const node of nodes) {
    yield node;
    yield* everyNode(node.children);
  }
}

const count = (pattern: RegExp): number => [...raw.matchAll(pattern)].length;

/** Objects of the file that hold this, as text. */
const objectsWith = (pattern: RegExp): string[] =>
  raw.split(/\bendobj\b/).filter((object) => pattern.test(object));

test('every kind of element is one the standard names, in a place where it may stand', () => {
  const children: Readonly<Record<string, readonly string[]>> = {
    Document: ['Sect'],
    Sect: ['H1', 'H2', 'H3', 'P', 'L', 'Table', 'Figure', 'TOC'],
    L: ['LI'],
    LI: ['Lbl', 'LBody'],
    Table: ['Caption', 'THead', 'TBody'],
    THead: ['TR'],
    TBody: ['TR'],
    TR: ['TH', 'TD'],
    TOC: ['TOCI'],
    TOCI: ['Reference'],
    Reference: ['Link'],
  };
  const leaves = ['H1', 'H2', 'H3', 'P', 'Lbl', 'LBody', 'Caption', 'TH', 'TD', 'Figure', 'Link', 'Span'];
  for (const { role, children: inside } of everyNode()) {
    if (leaves.includes(role))
      expect(inside.map((one) => one.role).filter((one) => one !== 'Span')).toEqual([]);
    else for (const one of inside) expect(children[role]).toContain(one.role);
  }
  expect(new Set(roots.map(({ role }) => role))).toEqual(new Set(['Document']));
});

test('headings begin with the first level and leave none out', () => {
  const levels = [...everyNode()].flatMap(({ role }) => /^H(\d)$/.exec(role)?.[1] ?? []).map(Number);
  expect(levels[0]).toBe(1);
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  for (const [index, level] of levels.entries())
    expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
});

test('figures have words and a place, heads of tables a scope, rows as many cells as there are heads', () => {
  const nodes = [...everyNode()];
  const figures = nodes.filter(({ role }) => role === 'Figure');
  expect(figures).toHaveLength(4);
  for (const { alt } of figures) expect(alt).toMatch(/\w\)?\. \w/);
  expect(count(/\/S \/Figure\b/g)).toBe(4);
  expect(objectsWith(/\/S \/Figure\b/).every((object) => object.includes('/BBox ['))).toBe(true);
  const heads = objectsWith(/\/S \/TH\b/);
  expect(heads.length).toBeGreaterThan(30);
  expect(heads.every((object) => /\/Scope \/(?:Column|Row)\b/.test(object))).toBe(true);
  for (const table of nodes.filter(({ role }) => role === 'Table')) {
    const rows = [...everyNode(table.children)].filter(({ role }) => role === 'TR');
    expect(new Set(rows.map(({ children }) => children.length)).size).toBe(1);
  }
});

test('every page is read in the order of its tags, and links are part of them', () => {
  expect(count(/\/Type \/Page\b/g)).toBe(pages);
  expect(count(/\/Tabs \/S\b/g)).toBe(pages);
  const links = objectsWith(/\/Subtype \/Link\b/);
  expect(links.length).toBeGreaterThan(10);
  for (const link of links) {
    expect(link).toMatch(/\/StructParent \d+/);
    expect(link).toMatch(/\/Contents \(/);
  }
});

test('the file says what it is, in which language, and shows its title', () => {
  const [catalog = ''] = objectsWith(/\/Type \/Catalog\b/);
  expect(catalog).toMatch(/\/Lang \(en\)/);
  expect(catalog).toMatch(/\/StructTreeRoot \d+ 0 R/);
  expect(raw).toMatch(/\/Marked true/);
  expect(raw).not.toMatch(/\/Suspects true|\/JavaScript|\/XFA|\/Encrypt|\/OCProperties|\/RoleMap <<\s*\//);
  expect(raw).toContain('/DisplayDocTitle true');
  const [metadata = ''] = objectsWith(/\/Type \/Metadata\b/);
  expect(metadata).toContain('<pdfuaid:part>1</pdfuaid:part>');
  expect(metadata).toMatch(/<dc:title>[^]*Review of privileged actions/);
  expect(metadata).not.toContain('/Filter');
});

/** What the streams of an object become when they are unpacked. */
function streamOf(object: string): string {
  const packed = /\bstream\r?\n([^]*?)\r?\nendstream/.exec(object)?.[1] ?? '';
  return inflateSync(Buffer.from(packed, 'latin1')).toString('latin1');
}

test('every typeface is inside, maps its characters one by one, and to characters that mean something', () => {
  const composites = objectsWith(/\/Subtype \/Type0\b/);
  expect(composites.length).toBeGreaterThanOrEqual(3);
  for (const font of composites) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(font)?.[1];
    const [stream = ''] = objectsWith(new RegExp(`(?:^|\\n)${map} 0 obj`));
    const words = streamOf(stream);
    expect(words).toContain('beginbfrange');
    const targets = [...words.matchAll(/<([0-9a-f ]+)>/gi)]
      .flatMap(([, hex = '']) => hex.split(' '))
      .slice(2);
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((target) => /^(?:feff|fffe)$/i.test(target))).toEqual([]);
  }
  const descendants = objectsWith(/\/Subtype \/CIDFontType2\b/);
  expect(descendants).toHaveLength(composites.length);
  for (const font of descendants) expect(font).toContain('/CIDToGIDMap /Identity');
  expect(count(/\/FontFile2 \d+ 0 R/g)).toBe(composites.length);
});

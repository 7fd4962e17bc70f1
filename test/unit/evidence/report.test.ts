import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { escapeHtml, html, tableOf } from '../../../src-main/evidence/report/markup.ts';
import { foreignElements } from '../../../src-main/evidence/report/render.ts';
import { filesOf, textOf } from './forge.ts';
import { alice, sampleInput } from './sample-input.ts';

const report = (changes = {}) =>
  textOf(filesOf(buildPack(sampleInput(changes), alice).bytes), 'data/report.html');

test('no text can leave its place', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'<>"\'&;a \n\u202E\u0000'.split('')) }), (text) => {
      const escaped = escapeHtml(text);
      for (const character of ['<', '>', '"', "'", '\u202E', '\0']) expect(escaped).not.toContain(character);
      expect(escaped.replaceAll(/&(amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
      expect(foreignElements(html`<p>${text}</p>`.text)).toEqual([]);
    }),
  );
});

test('hostile values are shown as text, with hidden characters by their code', () => {
  const page = report();
  expect(page).toContain('&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).toContain('⟦U+202E⟧gnp');
  expect(page).not.toContain('<b>');
  expect(foreignElements(page)).toEqual([]);
});

test('it needs nothing from elsewhere and runs nothing', () => {
  const page = report();
  expect(page).not.toMatch(/<script|<link|<img|<iframe|src=|url\(|@import/i);
  expect(page).toMatch(
    /Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/,
  );
});

test('it states what is unknown as unknown, and what is missing as missing', () => {
  const { ipe } = sampleInput();
  const page = report({
    ipe: { ...ipe, serverRows: null, completeness: 'unknown', completenessReason: 'Not counted.' },
  });
  expect(page).toContain('<data data-fact="ipe-serverRows" value="unknown">unknown</data>');
  expect(page).toContain('UNKNOWN: completeness could not be checked.');
  expect(report({ findings: [], detectors: [] })).toContain('Detectors: none.');
});

test('tables name their columns and rows for screen readers', () => {
  const { text } = tableOf('Caption', ['A', 'B'], [['1', '2']]);
  expect(text).toContain('<th scope="col">A</th>');
  expect(text).toContain('<th scope="row">1</th>');
  expect(text).toMatch(/<caption>\s*Caption\s*<\/caption>/);
});

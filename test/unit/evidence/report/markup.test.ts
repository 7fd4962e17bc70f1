import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foreignElements } from '../../../../src-main/evidence/report/foreign-elements.ts';
import { escapeHtml, html } from '../../../../src-main/evidence/report/markup.ts';
import { clipped, longestValue, visibleText } from '../../../../src-main/evidence/report/visible-text.ts';

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

test('halves of characters and direction marks are shown by their code', () => {
  expect(visibleText('a\uD800b\u202Ec')).toBe('a⟦U+D800⟧b⟦U+202E⟧c');
});

test('a long value is cut between characters and says how much is missing', () => {
  const value = `${'a'.repeat(longestValue - 1)}😀${'b'.repeat(9)}`;
  expect(clipped(value)).toBe(`${'a'.repeat(longestValue - 1)} … (11 more characters in the data)`);
  expect(clipped('a'.repeat(longestValue))).toBe('a'.repeat(longestValue));
});

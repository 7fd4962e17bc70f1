// Text in too small a place, and text that hides something.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortened } from '../../../../src-renderer/components/shortened.ts';
import { visibleText } from '../../../../src-renderer/components/visible-text.ts';

describe('shortened', () => {
  it('leaves alone what fits and marks what does not', () => {
    expect(shortened('role_grant', 10)).toBe('role_grant');
    expect(shortened('role_grants', 10)).toBe('role_gran…');
  });

  it('keeps within the limit and never cuts a character in half', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, most) => {
        const short = shortened(text, most);
        expect(short.length).toBeLessThanOrEqual(most);
        expect(short.isWellFormed()).toBe(true);
      }),
    );
    expect(shortened('ab😀cd', 4)).toBe('ab…');
  });
});

describe('visibleText', () => {
  it('spells out what steers direction, hides or controls', () => {
    expect(visibleText('paid\u202E in full')).toBe('paid⟨U+202E⟩ in full');
    expect(visibleText('ad\u200Bmin\u0007\u{E0041}')).toBe('ad⟨U+200B⟩min⟨U+0007⟩⟨U+E0041⟩');
  });

  it('leaves lines, tabs, every script and joined emoji as they are', () => {
    for (const text of ['one\n\ttwo\r\n', 'مرحبا', 'עברית', 'क्‍ष', '👩‍💻', 'Ünïcode'])
      expect(visibleText(text)).toBe(text);
  });

  it('leaves nothing that reorders, and different texts different', () => {
    const character = fc.constantFrom('a', 'ب', '\u202A', '\u202E', '\u2066', '\u2069', '\u200F', '\u200B');
    const text = fc.string({ unit: character });
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(visibleText(left)).not.toMatch(/[\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069]/);
        expect(visibleText(left) === visibleText(right)).toBe(left === right);
      }),
    );
  });
});

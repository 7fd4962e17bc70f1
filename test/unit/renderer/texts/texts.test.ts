// Every language has every text, with the same gaps and the plural forms it needs.
import { describe, expect, it } from 'vitest';
import { byKey } from '../../../../src-renderer/texts/by-key.ts';
import { german } from '../../../../src-renderer/texts/de/german.ts';
import { english } from '../../../../src-renderer/texts/en-GB/english.ts';
import { languages, speak, text } from '../../../../src-renderer/texts/text.ts';

type Branch = { readonly [key: string]: string | Branch };

function leaves(branch: Branch, path = ''): Map<string, string> {
  return new Map(
    Object.entries(branch).flatMap(([key, value]) => {
      const at = path === '' ? key : `${path}.${key}`;
      return typeof value === 'string' ? [[at, value] as const] : [...leaves(value, at)];
    }),
  );
}

const plural = /_(zero|one|two|few|many|other)$/;
const stemOf = (key: string): string => key.replace(plural, '');
const gapsOf = (sentence: string): string[] =>
  [...new Set(sentence.match(/\{\{[^}]+\}\}|<\/?\w+\/?>/g))].toSorted();

const texts: Record<(typeof languages)[number], Branch> = { 'en-GB': english, de: german };
const stems = (language: keyof typeof texts): string[] =>
  [...new Set([...leaves(texts[language]).keys()].map(stemOf))].toSorted();

describe.each(languages)('the texts of %s', (language) => {
  const own = leaves(texts[language]);

  it('have the keys of English, no more and no fewer', () => {
    expect(stems(language)).toEqual(stems('en-GB'));
  });

  it('are not empty', () => {
    expect([...own].filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
  });

  it('have every plural form the language tells apart', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const counted = Map.groupBy(
      [...own.keys()].filter((key) => plural.test(key)),
      stemOf,
    );
    for (const [stem, keys] of counted) {
      const present = keys.map((key) => plural.exec(key)?.[1] ?? '').toSorted();
      expect({ stem, present }).toEqual({ stem, present: forms });
    }
  });

  it('leave the gaps English leaves', () => {
    const all = leaves(english);
    for (const [key, sentence] of own) {
      // “One item” may leave the count out; the other forms say every gap of English.
      if (key.endsWith('_one')) continue;
      expect({ key, gaps: gapsOf(sentence) }).toEqual({ key, gaps: gapsOf(all.get(key) ?? '') });
    }
  });
});

describe('what stands in a gap', () => {
  it('is neither filled in turn nor looked up', () => {
    const hostile = '{{name}} $t(app:name) <gap/> <b>';
    expect(text('domain:quoted', { value: hostile })).toBe(`“${hostile}”`);
  });
});

describe('byKey', () => {
  it('follows a change of language', () => {
    const words = byKey(['trusted'], (key) => text(`verdicts:${key}.title`));
    expect(words.trusted).toBe('Trusted');
    speak('de');
    expect(words.trusted).toBe('Vertrauenswürdig');
    speak('en-GB');
  });
});

describe('the language chosen', () => {
  it('is the one that is spoken', () => {
    expect(text('appearance:title')).toBe('Appearance');
    speak('de');
    expect(text('appearance:title')).toBe('Darstellung');
    speak('en-GB');
    expect(text('appearance:title')).toBe('Appearance');
  });
});

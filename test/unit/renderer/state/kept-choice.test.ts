// Choices of appearance are kept on the computer, and nonsense that was kept counts for nothing.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rowHeights } from '../../../../src-renderer/state/density.ts';
import { keptChoice, readChoice } from '../../../../src-renderer/state/kept-choice.ts';

function hostWith(kept: Record<string, string>): { host: Window; kept: Map<string, string> } {
  const storage = new Map(Object.entries(kept));
  const localStorage = {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => void storage.set(key, value),
  };
  return { host: { localStorage } as unknown as Window, kept: storage };
}

const choices = ['near', 'far'] as const;

describe('a kept choice', () => {
  it('shows what was kept, then what is chosen, and keeps that', () => {
    const shown: string[] = [];
    const { use, start } = keptChoice<(typeof choices)[number]>({
      storageKey: 'distance',
      choices,
      initial: 'near',
      show: (choice) => shown.push(choice),
    });
    const { host, kept } = hostWith({ distance: 'far' });
    start(host);
    expect(use.getState().choice).toBe('far');
    use.getState().choose('near');
    expect(shown).toEqual(['far', 'near']);
    expect(use.getState().choice).toBe('near');
    expect(kept.get('distance')).toBe('near');
  });

  it.each([null, '', 'nearest', '__proto__'])('takes %j for never chosen', (stored) => {
    expect(readChoice(stored, choices, 'far')).toBe('far');
  });
});

describe('the density', () => {
  it('has the row heights of the stylesheet', () => {
    const css = readFileSync(new URL('../../../../src-renderer/styles/tokens.css', import.meta.url), 'utf8');
    const [comfortable, compact] = [...css.matchAll(/--row: (\d+)px;/g)].map(([, height]) => Number(height));
    expect({ comfortable, compact }).toEqual(rowHeights);
  });
});

// WCAG AA for every pair of colours that meets on screen, in both themes, read from the tokens themselves.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../../src-renderer/styles/tokens.css', import.meta.url), 'utf8');

function coloursOf(block: string): [string, { light: string; dark: string }][] {
  return [...block.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  );
}

function blockOf(selector: string): string {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`There is no rule for ${selector}.`);
  return css.slice(start, css.indexOf('}', start));
}

const normal = coloursOf(blockOf(':root'));
const contrasts = {
  normal: new Map(normal),
  high: new Map([...normal, ...coloursOf(blockOf(":root[data-contrast='high']"))]),
};

type Strength = keyof typeof contrasts;

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(
  foreground: string,
  background: string,
  theme: 'light' | 'dark',
  strength: Strength,
): number {
  const [one, two] = [foreground, background].map((name) => {
    const token = contrasts[strength].get(name);
    if (token === undefined) throw new Error(`There is no colour token “${name}”.`);
    return luminance(token[theme]);
  });
  const [darker = 0, lighter = 0] = [one ?? 0, two ?? 0].toSorted((left, right) => left - right);
  return (lighter + 0.05) / (darker + 0.05);
}

const surfaces = ['canvas', 'surface', 'sunken', 'raised', 'hover', 'selected'];
const text = [
  ...surfaces.flatMap((surface) => ['ink', 'ink-muted'].map((ink) => [ink, surface] as const)),
  ...['canvas', 'surface', 'sunken'].map((surface) => ['ink-faint', surface] as const),
  ...['surface', 'canvas', 'raised', 'accent-tint', 'sunken'].map((surface) => ['accent', surface] as const),
  ['on-accent', 'accent'] as const,
  ['on-accent', 'accent-strong'] as const,
  ['on-danger', 'danger'] as const,
  ...['critical', 'high', 'medium', 'low', 'good'].flatMap(
    (tone) =>
      [
        [tone, `${tone}-tint`],
        [tone, 'surface'],
        ['ink', `${tone}-tint`],
      ] as const,
  ),
];
const shapes = ['surface', 'canvas', 'raised'].map((surface) => ['line-strong', surface] as const);

const variants = (['light', 'dark'] as const).flatMap((theme) =>
  (['normal', 'high'] as const).map((strength) => ({ theme, strength })),
);

describe.each(variants)('the $theme theme in $strength contrast', ({ theme, strength }) => {
  it.each(text)('text in %s reads on %s', (foreground, background) => {
    expect(contrast(foreground, background, theme, strength)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapes)('the edge of a control in %s shows on %s', (foreground, background) => {
    expect(contrast(foreground, background, theme, strength)).toBeGreaterThanOrEqual(3);
  });
});

describe('high contrast', () => {
  it('draws text in AAA on every surface', () => {
    const weak = variants
      .filter(({ strength }) => strength === 'high')
      .flatMap(({ theme }) =>
        ['canvas', 'surface', 'sunken', 'raised'].flatMap((surface) =>
          ['ink', 'ink-muted', 'ink-faint', 'accent'].map((ink) => ({ theme, ink, surface })),
        ),
      )
      .filter(({ theme, ink, surface }) => contrast(ink, surface, theme, 'high') < 7);
    expect(weak).toEqual([]);
  });

  it('is the same whether asked for here or in the system', () => {
    expect(coloursOf(blockOf(":root[data-contrast='system']"))).toEqual(
      coloursOf(blockOf(":root[data-contrast='high']")),
    );
  });
});

// The heatmap as SVG: well-formed whatever the names, every count where it belongs, gaps unlike zeros.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rampColour } from '../../../src-shared/charts/heat-scale.ts';
import { heatSvg, xmlText, type HeatPicture } from '../../../src-shared/charts/heat-svg.ts';

const everyHour = Array.from({ length: 168 }, () => true);
const counts = (given: Record<number, number>) => Array.from({ length: 168 }, (_, hour) => given[hour] ?? 0);
const picture = (over: Partial<HeatPicture> = {}): HeatPicture => ({
  title: 'Activity',
  notes: ['5 events of 2 actors.'],
  rows: [
    { name: 'dana', counts: counts({ 0: 4 }) },
    { name: 'unattributed', counts: counts({ 167: 1 }) },
  ],
  covered: everyHour,
  theme: 'light',
  ...over,
});
const fillOf = (count: number) => `rgb(${rampColour('light', 4, count).join(' ')})`;
const pathOf = (svg: string, fill: string) =>
  svg.split('\n').find((line) => line.startsWith(`<path fill="${fill}"`)) ?? '';

describe('heatSvg', () => {
  it('draws each count once, in the colour of the scale', () => {
    const svg = heatSvg(picture());
    const left = 250;
    expect(pathOf(svg, fillOf(4)).match(/M/g)).toHaveLength(1);
    expect(pathOf(svg, fillOf(4))).toContain(`M${left} `);
    expect(pathOf(svg, fillOf(1))).toContain(`M${left + 167 * 7} `);
    expect(pathOf(svg, fillOf(0)).match(/M/g)).toHaveLength(2 * 168 - 2);
    expect(svg).toContain('logarithmic scale');
    expect(svg).not.toContain('not covered');
  });

  it('draws hours without data as gaps and says so', () => {
    const svg = heatSvg(picture({ covered: everyHour.with(5, false) }));
    expect(pathOf(svg, 'url(#gap)').match(/M/g)).toHaveLength(1);
    expect(pathOf(svg, fillOf(0)).match(/M/g)).toHaveLength(2 * 167 - 2);
    expect(svg).toContain('not covered by the data');
  });

  it('is the same text for the same numbers, and well-formed whatever the names', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('<script>', '"&', '\u0000', '\uD800'),
    );
    fc.assert(
      fc.property(name, name, (actor, title) => {
        const given = picture({ title, rows: [{ name: actor, counts: counts({}) }] });
        const svg = heatSvg(given);
        expect(heatSvg(given)).toBe(svg);
        expect(svg.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]/);
        expect(svg).not.toMatch(/(?![\t\n\r])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u);
      }),
    );
  });

  it('writes text that XML can hold', () => {
    expect(xmlText('a<b>&"c"\u0001')).toBe('a&lt;b&gt;&amp;&quot;c&quot;\uFFFD');
  });
});

// The numbers of one hour on a line: what was usual, what would have been listed, what was observed.
import { z } from 'zod';
import { z3EvidenceOf, type Finding } from '#shared/model/finding.ts';
import type { Figure, Shape } from '../document-model.ts';
import { measureText, scaleTo, type Scale } from './scale.ts';
import { dashedLine, diamond, label, line, rect } from './shapes.ts';

const width = 480;
const height = 74;
const left = 12;
const baseline = 44;

type HourNumbers = {
  readonly observed: number;
  readonly usual: number;
  readonly usualName: string;
  readonly deviation: number;
  /** From here on an hour stands out. */
  readonly limit: number;
  readonly highest: number;
};

const nbNumbers = z.object({
  count: z.number().optional(),
  lambda: z.number().positive(),
  size: z.number().positive(),
  smallestListed: z.number(),
  highestInCell: z.number(),
});

/** Null where the evidence is of another kind. Of nb the variance is λ + λ² ÷ size. */
function numbersOf(finding: Finding): HourNumbers | null {
  const z3 = z3EvidenceOf(finding);
  if (z3 !== null)
    return {
      observed: finding.count,
      usual: z3.mean,
      usualName: 'mean',
      deviation: z3.sd,
      limit: z3.mean + finding.threshold * z3.deviationUsed,
      highest: z3.highest,
    };
  const nb = nbNumbers.safeParse(finding.evidence).data;
  if (nb === undefined) return null;
  return {
    observed: nb.count ?? finding.count,
    usual: nb.lambda,
    usualName: 'usual',
    deviation: Math.sqrt(nb.lambda + nb.lambda ** 2 / nb.size),
    limit: nb.smallestListed,
    highest: nb.highestInCell,
  };
}

function axis({ at, ticks }: Scale): Shape[] {
  return [
    line([left, baseline], [width - 6, baseline], 'ink', 0.75),
    ...ticks.flatMap((value) => [
      line([left + at(value), baseline], [left + at(value), baseline + 4], 'ink', 0.5),
      label([left + at(value), baseline + 13], measureText(value), 7.5, { anchor: 'middle' }),
    ]),
  ];
}

/** Of labels that would run into each other, the later ones move to the row above. */
function labels(scale: Scale, numbers: HourNumbers): Shape[] {
  const { observed, usual, usualName, limit, highest } = numbers;
  const wanted = [
    { value: usual, text: `${usualName} ${measureText(usual)}`, isStrong: false },
    { value: highest, text: `highest ${measureText(highest)}`, isStrong: false },
    { value: limit, text: `limit ${measureText(limit)}`, isStrong: false },
    { value: observed, text: `observed ${measureText(observed)}`, isStrong: true },
  ].toSorted((one, other) => one.value - other.value);
  const ends = [-Infinity, -Infinity, -Infinity];
  return wanted.map(({ value, text, isStrong }) => {
    const half = (text.length * (isStrong ? 4.9 : 4.4)) / 2;
    const centre = Math.min(Math.max(left + scale.at(value), half), width - half);
    const row = Math.max(
      0,
      ends.findIndex((end) => centre - half > end + 4),
    );
    ends[row] = centre + half;
    return label([centre, baseline - 11 - row * 11], text, 8, { anchor: 'middle', isStrong });
  });
}

/** Null where the method does not compare one hour with a usual count. */
export function numberLineFigure(finding: Finding): Figure | null {
  const numbers = numbersOf(finding);
  if (numbers === null) return null;
  const { observed, usual, usualName, deviation, limit, highest } = numbers;
  const scale = scaleTo(Math.max(observed, limit, highest, 1), limit, width - left - 6);
  const band = [scale.at(usual - deviation), scale.at(usual + deviation)] as const;
  const mark = (value: number, reach: number) =>
    line([left + scale.at(value), baseline - reach], [left + scale.at(value), baseline], 'ink', 1);
  return {
    kind: 'figure',
    title: `Events in the hour against what is usual (${scale.name} scale)`,
    description:
      `Observed ${measureText(observed)}; ${usualName} ${measureText(usual)}, ` +
      `one standard deviation ${measureText(deviation)} (grey band), highest known ${measureText(highest)}, ` +
      `listed from ${measureText(limit)} (dashed).`,
    width,
    height,
    shapes: [
      rect([left + band[0], baseline - 7, Math.max(1, band[1] - band[0]), 7], 'light'),
      ...axis(scale),
      mark(usual, 8),
      mark(highest, 4),
      dashedLine([left + scale.at(limit), baseline - 9], [left + scale.at(limit), baseline + 4]),
      diamond([left + scale.at(observed), baseline], 4.5),
      ...labels(scale, numbers),
    ],
  };
}

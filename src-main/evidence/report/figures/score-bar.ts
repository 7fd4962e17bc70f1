// How far a finding lies above the threshold of its method, where the method has no usual count to compare with.
import type { Finding } from '#shared/model/finding.ts';
import type { Figure } from '../document-model.ts';
import { measureText, scaleTo } from './scale.ts';
import { label, line, rect } from './shapes.ts';

const width = 480;
const left = 60;
const right = 400;

export function scoreBarFigure({ score, threshold }: Finding): Figure {
  const { at, name } = scaleTo(Math.max(score, threshold, 0), threshold, right - left);
  return {
    kind: 'figure',
    title: `Score against the threshold of the method (${name} scale)`,
    description: `Score ${measureText(score)}, listed from ${measureText(threshold)}.`,
    width,
    height: 40,
    shapes: [
      label([left - 6, 13], 'score', 8, { anchor: 'end', isStrong: true }),
      rect([left, 4, Math.max(0.75, at(score)), 11], 'dark'),
      label([left + at(score) + 5, 13], measureText(score), 8, { isStrong: true }),
      label([left - 6, 31], 'threshold', 8, { anchor: 'end' }),
      rect([left, 22, Math.max(0.75, at(threshold)), 11], 'light', 'ink'),
      label([left + at(threshold) + 5, 31], measureText(threshold), 8),
      line([left, 1], [left, 38]),
    ],
  };
}

// Says why a point of a series stands out, with every number its score was made of.
import { assertNever } from '#shared/model/problem.ts';
import type { Evidence } from '../detector.ts';
import { digits, oneIn, rarity } from '../detectors/cube/say.ts';
import type { SeasonName } from './season.ts';
import type { PointJudgement } from './series-judge.ts';
import { seriesMethod, type SeriesParameters } from './series-method.ts';
import type { SeriesView, SeriesViewName } from './series-view.ts';
import { deviationAt } from './tail-surprise.ts';

export type SeriesComponent = 'point' | 'level shift' | 'density' | 'flatline';

export interface SeriesExplanation {
  /** Place of the point in the series. */
  readonly index: number;
  readonly seconds: number;
  readonly value: number;
  readonly score: number;
  readonly surprise: number;
  readonly isAlert: boolean;
  /** Over the threshold, and covered by an earlier alert. */
  readonly isQuiet: boolean;
  /** What fired: the kind of the most surprised view, or the flatline. */
  readonly component: SeriesComponent;
  readonly season: SeasonName;
  /** What the most surprised view expected, and the band outside of which it alone reaches the threshold; null for a flatline. */
  readonly expected: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** What happened and what would have been usual, one sentence a view. */
  readonly what: string;
  readonly unusual: string;
  readonly confidence: string;
  /** Every number in the sentences, and enough to recompute the surprise by hand. */
  readonly evidence: Evidence;
}

const componentOf: Readonly<Record<SeriesViewName, SeriesComponent>> = {
  point: 'point',
  season: 'point',
  jump: 'point',
  level: 'level shift',
  shift: 'level shift',
  density: 'density',
};

/** Explains a judged point; sensible for those whose surprise reaches the threshold. */
export function explainPoint(
  index: number,
  judgement: PointJudgement,
  parameters: SeriesParameters,
): SeriesExplanation {
  const { seconds, value, score, surprise, isAlert, isQuiet, season, views, flatline } = judgement;
  const isFlat = flatline.surprise > 0 && flatline.surprise >= surprise;
  const agreeing = isFlat ? [] : views.slice(0, 2);
  const leading = agreeing[0];
  const band = leading === undefined ? null : bandOf(leading, parameters);
  return {
    index,
    seconds,
    value,
    score,
    surprise,
    isAlert,
    isQuiet,
    component: leading === undefined ? 'flatline' : componentOf[leading.view],
    season,
    expected: leading?.expected ?? null,
    low: band?.low ?? null,
    high: band?.high ?? null,
    what: isFlat ? sayFlat(judgement) : agreeing.map((view) => sayView(view, season, parameters)).join(' '),
    unusual: isFlat ? sayFlatSurprise(judgement, parameters) : saySurprise(surprise, agreeing, parameters),
    confidence: isFlat
      ? `${digits(flatline.stretches)} earlier stretches of equal values are known.`
      : agreeing.map(sayTail).join(' '),
    evidence: {
      method: seriesMethod.version,
      value,
      surprise,
      oneIn: oneIn(surprise),
      score,
      season,
      views: agreeing.map((view) => ({ ...view, ...bandOf(view, parameters) })),
      flatline: isFlat ? { ...flatline } : null,
      parameters: { ...parameters },
    },
  };
}

/** Where this view alone would reach the threshold. */
function bandOf(view: SeriesView, { threshold }: SeriesParameters): { low: number; high: number } {
  const reach = deviationAt(threshold, view);
  const low = view.view === 'density' ? 0 : view.expected - reach;
  return { low, high: view.expected + reach };
}

function sayView(
  { view, observed, expected, deviation }: SeriesView,
  season: SeasonName,
  { stretchPoints, longStretchPoints }: SeriesParameters,
): string {
  const seen = digits(observed);
  const side = deviation < 0 ? 'below' : 'above';
  const usual = digits(expected);
  const seasonal = season === 'none' ? 'the median of its history' : `the same time of earlier ${season}s`;
  switch (view) {
    case 'point':
      return `The value ${seen} lies ${side} the median ${usual} of its history.`;
    case 'season':
      return `The value ${seen} lies ${side} ${usual}, the median of ${seasonal}.`;
    case 'jump':
      return `The value ${deviation < 0 ? 'fell' : 'rose'} from ${usual} to ${seen} since the point before.`;
    case 'level':
      return `Over the last ${stretchPoints} points it lay on average ${digits(Math.abs(deviation))} ${side} ${seasonal}.`;
    case 'shift':
      return `The last ${stretchPoints} points average ${seen}, the ${longStretchPoints} before them ${usual}.`;
    case 'density':
      return `Over the last ${longStretchPoints} points deviations from the median averaged ${seen}.`;
    default:
      return assertNever(view);
  }
}

function saySurprise(
  surprise: number,
  agreeing: readonly SeriesView[],
  { threshold }: SeriesParameters,
): string {
  const parts = agreeing.map((view) => digits(view.surprise)).join(' and ');
  return `Surprise ${digits(surprise)} (−log10 of a chance), the mean of ${parts}: ${rarity(surprise, 'points')}; listed from ${digits(threshold)}.`;
}

function sayTail({ known, tailCount, tailStart, tailIndex }: SeriesView): string {
  const start = `Of ${digits(known)} earlier deviations of this kind ${digits(tailCount)} exceed ${digits(tailStart)}`;
  return tailIndex === 0 ? `${start}.` : `${start}, with tail index ${digits(tailIndex)}.`;
}

function sayFlat({ value, flatline }: PointJudgement): string {
  return `The value has been ${digits(value)} for ${digits(flatline.unchanged)} points on end; the longest such stretch before had ${digits(flatline.longestBefore)}.`;
}

function sayFlatSurprise({ surprise }: PointJudgement, parameters: SeriesParameters): string {
  const { flatlinePoints, flatlineFactor, threshold } = parameters;
  return `A series that used to move has stopped: ${flatlinePoints} equal points at least, and ${flatlineFactor} times the longest stretch before. Counted as surprise ${digits(surprise)}; listed from ${digits(threshold)}.`;
}

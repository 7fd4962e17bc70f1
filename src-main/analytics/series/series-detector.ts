// Detector series: hours in which a source account sent unusually many or few events, by season, level and change.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { Severity } from '#shared/model/severity.ts';
import type { Detector, Hit, Scope } from '../detector.ts';
import { accountDays, accountsOf } from '../detectors/cube/accounts.ts';
import { citeSpans } from '../detectors/cube/cite-spans.ts';
import { hoursOfGroups } from '../detectors/cube/day-rows.ts';
import { digits } from '../detectors/cube/say.ts';
import { byTimeAndName } from '../detectors/hours/hit-order.ts';
import type { HourlyCounts } from '../history/activity.ts';
import type { History } from '../history/history.ts';
import type { EventReference } from '../history/segment.ts';
import { hoursLocal } from '../local-time.ts';
import type { SeriesExplanation } from './explain-point.ts';
import { judgeSeries } from './judge-series.ts';
import { seriesDefaults, seriesMethod, type SeriesParameters } from './series-method.ts';

/** Days are judged in blocks of four weeks since the epoch, each on a history that begins eight weeks before the block. */
const blockDays = 28;
const historyDays = 56;
/** Sparser accounts have no course to speak of: one event after many empty hours would be the event of the month. */
const fewestPerHour = 1;

/**
 * Totals per source account and hour, unattributed events and empty hours included, from the account's first event on; see
 * {@link judgeSeries}. A judged day has between eight and twelve weeks of history: all days of a block share one beginning, so that a
 * day's answer does not depend on which other days are asked for, and a long history is walked through three times,
 * not once for every day of it. Seasons are UTC days and weeks. An account with less than a week of history, or
 * less than one event an hour on average in the hours before, is not judged.
 */
export function seriesDetector(parameters: SeriesParameters = seriesDefaults): Detector {
  return {
    id: seriesMethod.id,
    version: seriesMethod.version,
    title: 'Unusual course of an account’s events',
    needs: [],
    reachDays: historyDays + blockDays - 1,
    run: (history, scope) =>
      [...Map.groupBy(scope.days, (day) => Math.floor(day / blockDays))]
        .flatMap(([block, days]) => judgeBlock(history, scope, { block, days }, parameters))
        .toSorted(byTimeAndName),
  };
}

interface Block {
  readonly block: number;
  /** Those of its days that are to be judged. */
  readonly days: readonly number[];
}

interface Alert {
  readonly group: number;
  readonly hour: number;
  readonly explanation: SeriesExplanation;
}

function judgeBlock(
  history: History,
  scope: Scope,
  { block, days }: Block,
  parameters: SeriesParameters,
): Hit[] {
  const startDay = block * blockDays - historyDays;
  const lastDay = Math.max(...days);
  const endHour = Math.min((lastDay + 1) * 24, Math.floor(scope.untilMicroseconds / microsecondsPerHour));
  const { names, groupOf, groupOfAccount, firstHours } = accountsOf(history, startDay, lastDay);
  const folded = accountDays(history, startDay, lastDay + 1);
  const counted = hoursOfGroups(folded, groupOfAccount, names.length, endHour);
  const judged = new Set(days);
  const alerts = names.flatMap((_, group): Alert[] => {
    const from = Math.max(startDay * 24, firstHours[group]!);
    const values = hourlyValues(counted, group, from, endHour);
    const before = sumsBefore(values);
    // No hour of the block can be dense enough when even all events are too few for the hours before it.
    if (before.at(-1)! < fewestPerHour * (block * blockDays * 24 - from)) return [];
    const { explanations } = judgeSeries(values, 3600, { startSeconds: from * 3600, parameters });
    return explanations
      .filter(({ isAlert, index }) => isAlert && before[index]! >= fewestPerHour * index)
      .filter(({ index }) => judged.has(Math.floor((from + index) / 24)))
      .map((explanation) => ({ group, hour: from + explanation.index, explanation }));
  });
  const spans = alerts.map(({ group, hour }) => ({ group, fromHour: hour, toHour: hour + 1 }));
  const citations = citeSpans(history, groupOf, spans);
  return alerts.map((alert, at) =>
    hitOf(names[alert.group]!, alert, citations[at]!.events, scope, parameters),
  );
}

/** Totals of the hours [from, to) of a group, empty ones as zero. */
function hourlyValues(
  { offsets, hours, counts }: HourlyCounts,
  group: number,
  from: number,
  to: number,
): Float64Array {
  const values = new Float64Array(Math.max(0, to - from));
  for (let at = offsets[group]!; at < offsets[group + 1]!; at += 1) values[hours[at]! - from] = counts[at]!;
  return values;
}

/** The sum of the values before each place, and of all of them at the end. */
function sumsBefore(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (const [at, value] of values.entries()) sums[at + 1] = sums[at]! + value;
  return sums;
}

function hitOf(
  sourceAccount: string,
  { hour, explanation }: Alert,
  events: readonly EventReference[],
  { zone }: Scope,
  { threshold }: SeriesParameters,
): Hit {
  const {
    value: count,
    surprise,
    what,
    unusual,
    confidence,
    expected,
    low,
    high,
    evidence,
    component,
  } = explanation;
  const whose = sourceAccount === '' ? 'the source' : `account ${sourceAccount}`;
  const amount = `${count} event${count === 1 ? '' : 's'}`;
  return {
    detector: seriesMethod.id,
    methodVersion: seriesMethod.version,
    sourceAccount,
    actor: '',
    entity: { kind: 'account', value: sourceAccount },
    action: '',
    startMicroseconds: hour * microsecondsPerHour,
    endMicroseconds: (hour + 1) * microsecondsPerHour,
    count,
    score: surprise,
    threshold,
    severity: severityOf(surprise),
    evidence: { ...evidence, count, component, expected, low, high, threshold },
    explanation: {
      what: `${amount} of ${whose}, ${hoursLocal(hour, zone)}: ${componentWords[component]}.`,
      expected: what,
      unusual,
      comparedWith: 'The account’s own hourly totals before.',
      alsoSeen: null,
      confidence,
      method: `${seriesMethod.version}: hourly totals of the account, seasons by UTC.`,
      wouldChange:
        low === null || high === null
          ? 'It would not be listed if events of these hours arrived.'
          : `The leading view would not reach the threshold between ${digits(low)} and ${digits(high)}.`,
    },
    events,
  };
}

const componentWords: Readonly<Record<SeriesExplanation['component'], string>> = {
  point: 'out of place for this hour',
  'level shift': 'the level has changed',
  density: 'deviations have become more frequent',
  flatline: 'the count has stopped changing',
};

/** The steps of the surprise scale that the count detectors use as well. */
function severityOf(surprise: number): Severity {
  return surprise >= 6 ? 'high' : surprise >= 4 ? 'medium' : 'low';
}

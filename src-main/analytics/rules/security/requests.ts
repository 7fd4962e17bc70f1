// Too many requests, and too many records read, by one actor in a short time.
import { declareRule } from '../declared-rule.ts';
import type { Measure } from '../episodes.ts';
import { daysCovering } from '../judged-days.ts';
import type { ColumnReader, Inclusion } from '../occurrences.ts';
import { readCoded, readNumber } from '../reading.ts';
import { byActor } from '../subjects.ts';
import { measureBy, windowedHits } from '../windowed-rule.ts';
import { counted, digits, minutes } from '../wording.ts';
import { bulkScore, rapidScore } from './scores.ts';

interface RequestValues {
  readonly thresholdRequests: number;
  readonly windowMinutes: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number;
}

/** Only what names a path is a request: other audit events are not counted as such. */
const hasPath: Inclusion = (segment) => {
  const isRequest = readCoded(segment, 'path', (text) => Number(text !== null && text !== ''));
  return isRequest === null ? null : (index) => isRequest(index) === 1;
};

function requestRule(
  own: { readonly id: string; readonly title: string; readonly threshold: number; readonly cooldown: number },
  score: (requests: number, threshold: number) => number,
) {
  return declareRule<RequestValues>({
    id: own.id,
    preset: 'security',
    title: own.title,
    version: 1,
    parameters: {
      thresholdRequests: {
        default: own.threshold,
        unit: 'requests',
        meaning: 'This many are listed.',
        minimum: 1,
      },
      windowMinutes: { default: 1, unit: 'minutes', meaning: 'How close together they are.' },
      cooldownMinutes: {
        default: own.cooldown,
        unit: 'minutes',
        meaning: 'A repeat within it is the same finding.',
      },
    },
    needs: () => ['path'],
    text: ({ thresholdRequests, windowMinutes }) =>
      `at least ${counted(thresholdRequests, 'request')} of one actor within ${minutes(windowMinutes)}`,
    reachDays: ({ windowMinutes, cooldownMinutes }) => daysCovering(windowMinutes + cooldownMinutes),
    run: (rule, history, scope) => {
      const { thresholdRequests: threshold, windowMinutes } = rule.values;
      return windowedHits(rule, history, scope, {
        ...rule.values,
        grouping: byActor(history),
        include: hasPath,
        measure: () =>
          measureBy((first, last) => {
            const requests = last - first + 1;
            return requests >= threshold ? score(requests, threshold) : Number.NaN;
          }),
        conclude: (_occurrences, { count, peak }, { phrase }) => {
          const requestsInWindow = peak.last - peak.first + 1;
          return {
            threshold: score(threshold, threshold),
            severity: 'medium',
            evidence: { requestsInWindow },
            words: {
              what: `${counted(count, 'request')} ${phrase}`,
              unusual: `${requestsInWindow} within ${minutes(windowMinutes)}, at least the ${digits(threshold)} of the rule: ${digits(peak.score)} of 100 points.`,
              wouldChange: `It would not be listed with fewer than ${digits(threshold)} within ${minutes(windowMinutes)}.`,
            },
          };
        },
      });
    },
  });
}

export const apiAbuse = requestRule(
  { id: 'security.api_abuse', title: 'Very many requests of one actor', threshold: 100, cooldown: 15 },
  () => 75,
);

export const rapidRequests = requestRule(
  { id: 'security.access_rapid', title: 'Rapid requests of one actor', threshold: 60, cooldown: 5 },
  rapidScore,
);

interface RecordValues {
  readonly minimumRecordsEach: number;
  readonly thresholdRecords: number;
  readonly windowMinutes: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number;
}

const recordsIn: ColumnReader = (segment) => readNumber(segment, 'recordCount');

function recordRule(
  own: {
    readonly id: string;
    readonly title: string;
    readonly each: number;
    readonly threshold: number;
    readonly severity: 'medium' | 'high';
  },
  score: (records: number, threshold: number) => number,
) {
  return declareRule<RecordValues>({
    id: own.id,
    preset: 'security',
    title: own.title,
    version: 1,
    parameters: {
      minimumRecordsEach: { default: own.each, unit: 'records', meaning: 'Smaller accesses do not count.' },
      thresholdRecords: {
        default: own.threshold,
        unit: 'records',
        meaning: 'This many in all are listed.',
        minimum: 1,
      },
      windowMinutes: { default: 5, unit: 'minutes', meaning: 'How close together they are.' },
      cooldownMinutes: { default: 30, unit: 'minutes', meaning: 'A repeat within it is the same finding.' },
    },
    needs: () => ['recordCount'],
    text: ({ minimumRecordsEach, thresholdRecords, windowMinutes }) =>
      `at least ${counted(thresholdRecords, 'record')} read by one actor within ${minutes(windowMinutes)}` +
      (minimumRecordsEach > 1 ? `, in accesses of at least ${digits(minimumRecordsEach)}` : ''),
    reachDays: ({ windowMinutes, cooldownMinutes }) => daysCovering(windowMinutes + cooldownMinutes),
    run: (rule, history, scope) => {
      const { minimumRecordsEach, thresholdRecords: threshold, windowMinutes } = rule.values;
      return windowedHits(rule, history, scope, {
        ...rule.values,
        grouping: byActor(history),
        include: (segment) => {
          const records = readNumber(segment, 'recordCount');
          return records === null ? null : (index) => records(index) >= Math.max(1, minimumRecordsEach);
        },
        measure: (occurrences) =>
          sumMeasure(occurrences.column(recordsIn), (records) =>
            records >= threshold ? score(records, threshold) : Number.NaN,
          ),
        conclude: (occurrences, { count, peak }, { phrase }) => {
          const inWindow = occurrences.column(recordsIn).subarray(peak.first, peak.last + 1);
          const recordsInWindow = inWindow.reduce((sum, records) => sum + records, 0);
          return {
            threshold: score(threshold, threshold),
            severity: own.severity,
            evidence: { recordsInWindow, accessesInWindow: inWindow.length },
            words: {
              what: `${counted(count, 'access')} ${phrase} to many records`,
              unusual: `${counted(recordsInWindow, 'record')} within ${minutes(windowMinutes)}, at least the ${digits(threshold)} of the rule: ${digits(peak.score)} of 100 points.`,
              wouldChange: `It would not be listed with fewer than ${counted(threshold, 'record')} within ${minutes(windowMinutes)}.`,
            },
          };
        },
      });
    },
  });
}

function sumMeasure(column: Float64Array, scoreOf: (sum: number) => number): Measure {
  let sum = 0;
  return {
    clear: () => {
      sum = 0;
    },
    add: (place) => {
      sum += column[place]!;
    },
    remove: (place) => {
      sum -= column[place]!;
    },
    score: () => scoreOf(sum),
  };
}

export const massDataAccess = recordRule(
  {
    id: 'security.mass_data_access',
    title: 'Very many records read',
    each: 0,
    threshold: 1000,
    severity: 'medium',
  },
  () => 70,
);

export const bulkAccess = recordRule(
  {
    id: 'security.access_bulk',
    title: 'Bulk access to records',
    each: 100,
    threshold: 200,
    severity: 'high',
  },
  bulkScore,
);

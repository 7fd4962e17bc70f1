// Too many failing requests, of all of an account or of one of its routes.
import type { Severity } from '#shared/model/severity.ts';
import { Dictionary } from '../../history/dictionary.ts';
import type { History } from '../../history/history.ts';
import type { Segment } from '../../history/segment.ts';
import { declareRule, type BoundRule } from '../declared-rule.ts';
import type { Measure } from '../episodes.ts';
import { daysCovering } from '../judged-days.ts';
import type { ColumnReader, Inclusion } from '../occurrences.ts';
import { readCoded, readNumber } from '../reading.ts';
import { routeTemplate } from '../route-template.ts';
import { byAccount, byText, type Grouping } from '../subjects.ts';
import { windowedHits, type WindowedRule } from '../windowed-rule.ts';
import { counted, digits, minutes } from '../wording.ts';

const failingStatus = 400;

interface RateValues {
  readonly thresholdPercent: number;
  readonly minimumRequests: number;
  readonly windowMinutes: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number;
}

const parameters = (thresholdPercent: number, cooldownMinutes: number) => ({
  thresholdPercent: {
    default: thresholdPercent,
    unit: '%',
    meaning: 'Share of failing requests that is listed.',
  },
  minimumRequests: {
    default: 10,
    unit: 'requests',
    meaning: 'With fewer requests there is no rate.',
    minimum: 1,
  },
  windowMinutes: { default: 5, unit: 'minutes', meaning: 'How long a stretch the rate is of.' },
  cooldownMinutes: {
    default: cooldownMinutes,
    unit: 'minutes',
    meaning: 'A repeat within it is the same finding.',
  },
});

const describe = ({ thresholdPercent, minimumRequests, windowMinutes }: RateValues, whose: string) =>
  `at least ${digits(thresholdPercent)} % of the requests ${whose} have a status of at least ${failingStatus} within ` +
  `${minutes(windowMinutes)}, of at least ${counted(minimumRequests, 'request')} with a status`;

export const errorRate = declareRule<RateValues>({
  id: 'service.error_rate',
  preset: 'service',
  title: 'High error rate',
  version: 1,
  parameters: parameters(20, 5),
  needs: () => ['status'],
  text: (values) => describe(values, 'of one source account'),
  reachDays: ({ windowMinutes, cooldownMinutes }) => daysCovering(windowMinutes + cooldownMinutes),
  run: (rule, history, scope) => windowedHits(rule, history, scope, rateRule(rule, byAccount(history))),
});

export const errorRateByRoute = declareRule<RateValues>({
  id: 'service.error_rate_by_route',
  preset: 'service',
  title: 'High error rate of a route',
  version: 1,
  parameters: parameters(10, 10),
  needs: () => ['status', 'method', 'path'],
  text: (values) => describe(values, 'to one route (method and path, identifiers in the path left out)'),
  reachDays: ({ windowMinutes, cooldownMinutes }) => daysCovering(windowMinutes + cooldownMinutes),
  run: (rule, history, scope) => windowedHits(rule, history, scope, rateRule(rule, byRoute(history))),
});

const statusIn: ColumnReader = (segment) => readNumber(segment, 'status');

const hasStatus: Inclusion = (segment) => {
  const status = readNumber(segment, 'status');
  return status === null ? null : (index) => !Number.isNaN(status(index));
};

/** “GET /users/{id}”; a path without a method is a route of its own. */
function byRoute(history: History): Grouping {
  const methods = new Dictionary();
  const paths = new Dictionary();
  const routes = new Dictionary();
  const numbers = new Map<number, number>();
  return byText(history, 'route', routes, (segment: Segment) => {
    const method = readCoded(segment, 'method', (text) => methods.codeOf((text ?? '').toUpperCase()));
    const path = readCoded(segment, 'path', (text) => (text ? paths.codeOf(routeTemplate(text)) : -1));
    if (path === null) return null;
    return (index) => {
      const pathNumber = path(index);
      if (pathNumber < 0) return -1;
      const methodNumber = method?.(index) ?? methods.codeOf('');
      const key = pathNumber * 2 ** 20 + methodNumber;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      const name = `${methods.valueOf(methodNumber)} ${paths.valueOf(pathNumber)}`.trim();
      const route = routes.codeOf(name);
      numbers.set(key, route);
      return route;
    };
  });
}

function rateRule({ values }: BoundRule<RateValues>, grouping: Grouping): WindowedRule {
  return {
    grouping,
    include: hasStatus,
    windowMinutes: values.windowMinutes,
    cooldownMinutes: values.cooldownMinutes,
    measure: (occurrences) => percentOf(occurrences.column(statusIn), values),
    conclude: (occurrences, { peak }, { phrase }) => {
      const statuses = occurrences.column(statusIn).subarray(peak.first, peak.last + 1);
      const requests = statuses.length;
      const errors = statuses.filter((status) => status >= failingStatus).length;
      const { thresholdPercent, minimumRequests } = values;
      return {
        threshold: thresholdPercent,
        severity: severityOfRate(peak.score),
        evidence: { requests, errors, errorPercent: peak.score },
        words: {
          what: `${errors} of ${counted(requests, 'request')} ${phrase} failed`,
          unusual: `${digits(peak.score)} % failed, at least the ${digits(thresholdPercent)} % of the rule.`,
          wouldChange: `It would not be listed below ${digits(thresholdPercent)} %, or with fewer than ${minimumRequests} requests.`,
        },
      };
    },
  };
}

/** Half of all requests failing is an outage, whatever causes it. */
function severityOfRate(percent: number): Severity {
  return percent >= 50 ? 'high' : 'medium';
}

function percentOf(statuses: Float64Array, { thresholdPercent, minimumRequests }: RateValues): Measure {
  let errors = 0;
  return {
    clear: () => {
      errors = 0;
    },
    add: (place) => {
      if (statuses[place]! >= failingStatus) errors += 1;
    },
    remove: (place) => {
      if (statuses[place]! >= failingStatus) errors -= 1;
    },
    score: (first, last) => {
      const requests = last - first + 1;
      const percent = (100 * errors) / requests;
      return requests >= minimumRequests && percent >= thresholdPercent ? percent : Number.NaN;
    },
  };
}

// Several sessions of one actor open at the same time, from different addresses.
import { Dictionary } from '../../history/dictionary.ts';
import type { Segment } from '../../history/segment.ts';
import { declareRule } from '../declared-rule.ts';
import type { Measure } from '../episodes.ts';
import { daysCovering } from '../judged-days.ts';
import type { Inclusion } from '../occurrences.ts';
import { readName } from '../reading.ts';
import { byActor } from '../subjects.ts';
import { Tally } from '../tally.ts';
import { distinctTexts, windowedHits } from '../windowed-rule.ts';
import { counted, digits, listed, minutes } from '../wording.ts';

interface ConcurrentValues {
  readonly thresholdSessions: number;
  readonly minimumAddresses: number;
  readonly score: number;
  readonly windowMinutes: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number;
}

/**
 * A session is open from its first to its last event within the window, so three sign-ins one after the other are not three
 * sessions at once. It shows at the later event: what comes afterwards changes nothing.
 */
export const concurrentSessions = declareRule<ConcurrentValues>({
  id: 'security.concurrent_sessions',
  preset: 'security',
  title: 'Several sessions at once',
  version: 1,
  parameters: {
    thresholdSessions: {
      default: 3,
      unit: 'sessions',
      meaning: 'This many open at once are listed.',
      minimum: 2,
    },
    minimumAddresses: {
      default: 2,
      unit: 'addresses',
      meaning: 'From which they were used last, the unknown left out.',
    },
    score: { default: 65, unit: 'points of 100', meaning: 'Score of the finding.' },
    windowMinutes: {
      default: 30,
      unit: 'minutes',
      meaning: 'A session unused for so long is taken as closed.',
    },
    cooldownMinutes: { default: 60, unit: 'minutes', meaning: 'A repeat within it is the same finding.' },
  },
  needs: () => ['sessionId', 'ip'],
  text: ({ thresholdSessions, minimumAddresses, windowMinutes }) =>
    `at least ${counted(thresholdSessions, 'session')} of one actor open at the same instant, from at least ${counted(minimumAddresses, 'address')}, each used before and after it within ${minutes(windowMinutes)}`,
  reachDays: ({ windowMinutes, cooldownMinutes }) => daysCovering(windowMinutes + cooldownMinutes),
  run: (rule, history, scope) => {
    const { thresholdSessions, minimumAddresses, score, windowMinutes } = rule.values;
    const sessionNames = new Dictionary();
    const addressNames = new Dictionary();
    const sessionIn = (segment: Segment) => readName(segment, 'sessionId', sessionNames);
    const addressIn = (segment: Segment) => readName(segment, 'ip', addressNames);
    const hasSession: Inclusion = (segment) => {
      const session = sessionIn(segment);
      return session === null ? null : (index) => session(index) >= 0;
    };
    return windowedHits(rule, history, scope, {
      ...rule.values,
      grouping: byActor(history),
      include: hasSession,
      measure: (occurrences) =>
        openMeasure(occurrences.column(sessionIn), occurrences.column(addressIn), rule.values),
      conclude: (occurrences, { peak }, { phrase }) => {
        const names = distinctTexts(peak, occurrences.column(sessionIn), (name) =>
          sessionNames.valueOf(name),
        );
        const addresses = distinctTexts(peak, occurrences.column(addressIn), (name) =>
          addressNames.valueOf(name),
        );
        return {
          threshold: score,
          severity: 'medium',
          evidence: {
            sessionsInWindow: names.length,
            firstSessions: names.slice(0, 50),
            addressesInWindow: addresses.length,
            firstAddresses: addresses.slice(0, 50),
          },
          words: {
            what: `At least ${counted(thresholdSessions, 'session')} ${phrase} open at the same time`,
            unusual: `Within ${minutes(windowMinutes)}: ${counted(names.length, 'session')}, from ${listed(addresses)}: ${digits(score)} of 100 points.`,
            wouldChange: `It would not be listed with fewer than ${digits(thresholdSessions)} open at once, or from fewer than ${counted(minimumAddresses, 'address')}.`,
          },
        };
      },
    });
  },
});

/**
 * The newest event stretches its session over the time since that session's event before; others open at one instant of
 * that stretch are found by going back through it. It stops as soon as there are enough.
 */
function openMeasure(
  sessions: Float64Array,
  addresses: Float64Array,
  { thresholdSessions, minimumAddresses, score }: ConcurrentValues,
): Measure {
  const firstPlaces = new Map<number, number>();
  const lastPlaces = new Map<number, number>();
  const addressesInside = new Tally();
  const addressOf = new Map<number, number>();
  let before = -1;
  return {
    clear: () => {
      firstPlaces.clear();
      lastPlaces.clear();
      addressOf.clear();
      addressesInside.clear();
    },
    add: (place) => {
      addressesInside.add(addresses[place]!);
      const session = sessions[place]!;
      before = lastPlaces.get(session) ?? -1;
      lastPlaces.set(session, place);
      addressOf.set(session, addresses[place]!);
      if (!firstPlaces.has(session)) firstPlaces.set(session, place);
    },
    remove: (place) => {
      addressesInside.remove(addresses[place]!);
      const session = sessions[place]!;
      if (lastPlaces.get(session) !== place) return;
      lastPlaces.delete(session);
      firstPlaces.delete(session);
    },
    score: (first, last) => {
      if (before < first || addressesInside.size < minimumAddresses) return Number.NaN;
      const open = new Set<number>([sessions[last]!]);
      for (let place = last - 1; place > before; place -= 1) {
        const session = sessions[place]!;
        open.add(session);
        if (open.size >= thresholdSessions && spread(open, addressOf) >= minimumAddresses) return score;
        // Before its first event within the window a session was not open yet.
        if (Math.max(firstPlaces.get(session)!, first) >= place) open.delete(session);
      }
      return Number.NaN;
    },
  };
}

/** Different known addresses from which the sessions were used last. */
function spread(open: ReadonlySet<number>, addressOf: ReadonlyMap<number, number>): number {
  return new Set([...open].map((session) => addressOf.get(session)!).filter((address) => address >= 0)).size;
}

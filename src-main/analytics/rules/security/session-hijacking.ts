// A session that goes on from another address and with another program: perhaps in other hands.
import { Dictionary } from '../../history/dictionary.ts';
import type { History } from '../../history/history.ts';
import type { Segment } from '../../history/segment.ts';
import { declareRule } from '../declared-rule.ts';
import type { Measure } from '../episodes.ts';
import { daysCovering, microsecondsPerMinute } from '../judged-days.ts';
import { everyEvent, type Occurrences } from '../occurrences.ts';
import { readName } from '../reading.ts';
import { byActorAndText } from '../subjects.ts';
import { windowedHits } from '../windowed-rule.ts';
import { counted, digits, minutes } from '../wording.ts';

interface HijackValues {
  readonly windowMinutes: number;
  readonly score: number;
  readonly cooldownMinutes: number;
  readonly [name: string]: number;
}

/** Either change alone is everyday: a phone changes networks, a browser updates itself. Unknown is no change. */
export const sessionHijacking = declareRule<HijackValues>({
  id: 'security.session_hijacking',
  preset: 'security',
  title: 'Session from another address and program',
  version: 1,
  parameters: {
    windowMinutes: {
      default: 1440,
      unit: 'minutes',
      meaning: 'How long a session remembers where it was used.',
    },
    score: { default: 95, unit: 'points of 100', meaning: 'Score of the finding.' },
    cooldownMinutes: { default: 30, unit: 'minutes', meaning: 'A repeat within it is the same finding.' },
  },
  needs: () => ['sessionId', 'ip', 'userAgent'],
  text: ({ windowMinutes }) =>
    `an event of a session whose address and user agent both differ from all that the session had in the ${minutes(windowMinutes)} before`,
  reachDays: ({ windowMinutes, cooldownMinutes }) => daysCovering(windowMinutes + cooldownMinutes),
  run: (rule, history, scope) => {
    const { score, windowMinutes } = rule.values;
    const { grouping, columns, names } = sessionsOf(history);
    return windowedHits(rule, history, scope, {
      ...rule.values,
      grouping,
      include: everyEvent,
      measure: (occurrences) => hijackMeasure(occurrences, columns(occurrences), rule.values),
      conclude: (occurrences, { peak }, { entity }) => {
        const { addresses, agents } = columns(occurrences);
        const newAddress = names.addresses.valueOf(addresses[peak.last]!);
        const newAgent = names.agents.valueOf(agents[peak.last]!);
        const before = (column: Float64Array) =>
          new Set([...column.subarray(peak.first, peak.last)].filter((value) => value >= 0)).size;
        const [addressesBefore, agentsBefore] = [before(addresses), before(agents)];
        return {
          threshold: score,
          severity: 'critical',
          evidence: { session: entity.value, newAddress, newAgent, addressesBefore, agentsBefore },
          words: {
            what: `Session ${entity.value} went on from another address with another user agent`,
            expected: `In the ${minutes(windowMinutes)} before it had ${counted(addressesBefore, 'address')} and ${counted(agentsBefore, 'user agent')}.`,
            unusual: `Both ${newAddress} and “${newAgent}” are new to the session: ${digits(score)} of 100 points.`,
            wouldChange: 'It would not be listed if only one of the two had changed.',
          },
        };
      },
    });
  },
});

function sessionsOf(history: History) {
  const names = { sessions: new Dictionary(), addresses: new Dictionary(), agents: new Dictionary() };
  const read = (field: 'sessionId' | 'ip' | 'userAgent', dictionary: Dictionary) => (segment: Segment) =>
    readName(segment, field, dictionary);
  const readers = { addresses: read('ip', names.addresses), agents: read('userAgent', names.agents) };
  return {
    names,
    grouping: byActorAndText(history, 'session', names.sessions, read('sessionId', names.sessions)),
    columns: (occurrences: Occurrences) => ({
      addresses: occurrences.column(readers.addresses),
      agents: occurrences.column(readers.agents),
    }),
  };
}

/** When each value of a session was used last, so that the newest event can be compared with the window before it. */
class LastUses {
  readonly #times = new Map<number, number>();
  #latest = -Infinity;
  #latestBefore = -Infinity;
  #ownBefore = -Infinity;

  clear(): void {
    this.#times.clear();
    this.#latest = -Infinity;
  }

  add(value: number, time: number): void {
    this.#ownBefore = Infinity;
    if (!(value >= 0)) return;
    this.#ownBefore = this.#times.get(value) ?? -Infinity;
    this.#latestBefore = this.#latest;
    this.#latest = time;
    this.#times.set(value, time);
  }

  /** Whether the value added last was not used since an instant, while others were. An unknown one is not another one. */
  isOtherSince(microseconds: number): boolean {
    return this.#ownBefore < microseconds && this.#latestBefore >= microseconds;
  }
}

function hijackMeasure(
  { microseconds }: Occurrences,
  { addresses, agents }: { addresses: Float64Array; agents: Float64Array },
  { score, windowMinutes }: HijackValues,
): Measure {
  const used = { addresses: new LastUses(), agents: new LastUses() };
  return {
    clear: () => {
      used.addresses.clear();
      used.agents.clear();
    },
    add: (place) => {
      used.addresses.add(addresses[place]!, microseconds[place]!);
      used.agents.add(agents[place]!, microseconds[place]!);
    },
    remove: () => {},
    score: (_first, last) => {
      const since = microseconds[last]! - windowMinutes * microsecondsPerMinute;
      return used.addresses.isOtherSince(since) && used.agents.isOtherSince(since) ? score : Number.NaN;
    },
  };
}

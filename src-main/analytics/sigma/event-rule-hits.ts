// Hits of a rule about single events: one for each actor and UTC day on which it matched.
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import { citedEventsLimit, type Entity, type Hit, type Scope } from '../detector.ts';
import type { History } from '../history/history.ts';
import type { EventReference } from '../history/segment.ts';
import { describeMatches, nothingSaid, wordsOf, type RaisedBy, type RuleWords } from './explain-hit.ts';
import { eventMatcher } from './event-matcher.ts';
import { hoursBetween } from './hours-between.ts';
import { eachStretch, rangesOfDays } from './match-rule.ts';
import { compareText } from './order.ts';
import type { EventRule } from './rule.ts';

interface DayOfActor {
  readonly actor: number;
  readonly events: EventReference[];
  count: number;
  lastMicroseconds: number;
}

/**
 * One hit for each actor and day, so that its name stays while the day goes on. Events nobody is known to have caused make a hit about
 * their source account: what a rule looks for matters whoever did it.
 */
export function eventRuleHits(rule: EventRule, detector: RaisedBy, history: History, scope: Scope): Hit[] {
  const matcher = eventMatcher(rule.expression, history);
  const words = wordsOf(rule, detector);
  return scope.days.flatMap((day) => {
    const actors = new Map<number, DayOfActor>();
    for (const range of rangesOfDays([day], 0, scope.untilMicroseconds))
      eachStretch(history, range, (segment, from, to) =>
        matcher(segment, from, to, (index) => {
          const { actor } = history.series[segment.series[index]!]!;
          const known = actors.get(actor) ?? { actor, events: [], count: 0, lastMicroseconds: 0 };
          actors.set(actor, known);
          known.count += 1;
          known.lastMicroseconds = segment.microseconds[index]!;
          if (known.events.length < citedEventsLimit) known.events.push({ segment, index });
        }),
      );
    return [...actors.values()]
      .map((found) => hitOf(rule, detector, words, day, found, history, scope))
      .toSorted((a, b) => compareText(a.sourceAccount, b.sourceAccount) || compareText(a.actor, b.actor));
  });
}

function hitOf(
  rule: EventRule,
  detector: RaisedBy,
  words: RuleWords,
  day: number,
  { actor, events, count, lastMicroseconds }: DayOfActor,
  history: History,
  { zone }: Scope,
): Hit {
  const { actor: person, name, sourceAccount } = history.actors[actor]!;
  const entity: Entity =
    person === '' ? { kind: 'account', value: sourceAccount } : { kind: 'actor', value: person };
  const firstMicroseconds = events[0]!.segment.microseconds[events[0]!.index]!;
  const matched = describeMatches(history, rule.fields, events);
  const who = person === '' ? 'nobody the source names' : (name ?? person);
  const times = count === 1 ? 'event' : 'events';
  const when = hoursBetween(firstMicroseconds, lastMicroseconds, zone);
  return {
    detector: detector.id,
    methodVersion: detector.methodVersion,
    sourceAccount,
    actor: person,
    entity,
    action: '',
    startMicroseconds: day * microsecondsPerDay,
    endMicroseconds: (day + 1) * microsecondsPerDay,
    count,
    score: count,
    threshold: 1,
    severity: detector.severity,
    evidence: {
      ...words.evidence,
      count,
      day: formatInstant(day * microsecondsPerDay).slice(0, 10),
      firstEventAt: formatInstant(firstMicroseconds),
      lastEventAt: formatInstant(lastMicroseconds),
      eventsLookedAt: events.length,
      matched: matched.evidence,
    },
    explanation: {
      ...nothingSaid,
      what: `“${rule.title}” matched ${count} ${times} by ${who}, ${when}.`,
      unusual: words.unusual,
      alsoSeen: matched.sentence,
      confidence: words.confidence,
      method: words.method,
      wouldChange: `Without one of these it would not be listed: ${words.lookedFor}`,
    },
    events,
  };
}

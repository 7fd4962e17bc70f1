// Hits of a correlation: one for each group and episode.
import { formatInstant } from '#shared/time/instant.ts';
import { citedEventsLimit, type Entity, type Evidence, type Hit, type Scope } from '../detector.ts';
import type { History } from '../history/history.ts';
import { findEpisodes, type Episode } from './correlation-episodes.ts';
import { describeMatches, nothingSaid, wordsOf, type RaisedBy, type RuleWords } from './explain-hit.ts';
import { sayTimespan } from './explain-rule.ts';
import { hoursBetween } from './hours-between.ts';
import { compareText } from './order.ts';
import type { CorrelationRule } from './rule.ts';
import type { RuleField } from './taxonomy.ts';

export function correlationHits(
  rule: CorrelationRule,
  detector: RaisedBy,
  history: History,
  scope: Scope,
): Hit[] {
  const words = wordsOf(rule, detector);
  return findEpisodes(rule, history, scope)
    .map((episode) => hitOf(rule, detector, words, episode, history, scope))
    .toSorted(
      (a, b) =>
        a.startMicroseconds - b.startMicroseconds ||
        compareText(a.sourceAccount, b.sourceAccount) ||
        compareText(a.entity.value, b.entity.value),
    );
}

function hitOf(
  rule: CorrelationRule,
  detector: RaisedBy,
  words: RuleWords,
  episode: Episode,
  history: History,
  { zone }: Scope,
): Hit {
  const { group, members, peak } = episode;
  const { sourceAccount, microseconds } = group;
  const events = members.slice(0, citedEventsLimit).map((at) => group.events[at]!);
  const first = microseconds[members[0]!]!;
  const last = microseconds[members.at(-1)!]!;
  const matched = describeMatches(history, lookedAt(rule), events);
  const { entity, actor } = entityOf(rule, episode);
  const matches = members.length === 1 ? '1 event' : `${members.length} events`;
  const threshold = rule.condition.atLeast ?? 1;
  return {
    detector: detector.id,
    methodVersion: detector.methodVersion,
    sourceAccount,
    actor,
    entity,
    action: '',
    startMicroseconds: episode.startMicroseconds,
    endMicroseconds: episode.endMicroseconds,
    count: members.length,
    score: peak.measure,
    threshold,
    severity: detector.severity,
    evidence: { ...words.evidence, ...measured(rule, episode), matched: matched.evidence },
    explanation: {
      ...nothingSaid,
      what: `“${rule.title}”: ${matches} for ${sayGroupKey(rule, episode, history)}, ${hoursBetween(first, last, zone)}. ${sayPeak(rule, episode)}`,
      unusual: words.unusual,
      alsoSeen: matched.sentence,
      confidence: words.confidence,
      method: words.method,
      wouldChange: sayWouldChange(rule),
    },
    events,
  };
}

/** What the rules look at and what is counted, but not what all events of a group share. */
function lookedAt({ rules, countedField, groupBy }: CorrelationRule): RuleField[] {
  const shared = new Set(groupBy.map(({ name }) => name));
  const all = [...(countedField ? [countedField] : []), ...rules.flatMap(({ fields }) => fields)];
  const byName = new Map(all.filter(({ name }) => !shared.has(name)).map((field) => [field.name, field]));
  return [...byName.values()];
}

function measured(rule: CorrelationRule, { group, members, peak }: Episode): Evidence {
  const at = (place: number) => formatInstant(group.microseconds[place]!);
  const byRule = rule.rules.map(({ title }, bit) => ({
    title,
    events: members.filter((member) => ((group.rules[member]! >> bit) & 1) === 1).length,
  }));
  return {
    type: rule.type,
    group: Object.fromEntries(rule.groupBy.map(({ name }, place) => [name, group.key[place]!])),
    count: members.length,
    timespanSeconds: rule.timespanMicroseconds / 1_000_000,
    timespan: sayTimespan(rule.timespanMicroseconds),
    atLeast: rule.condition.atLeast,
    atMost: rule.condition.atMost,
    countedField: rule.countedField?.name ?? null,
    peak: peak.measure,
    peakFrom: at(peak.first),
    peakTo: at(peak.last),
    firstEventAt: at(members[0]!),
    lastEventAt: at(members.at(-1)!),
    eventsLookedAt: Math.min(members.length, citedEventsLimit),
    matchesByRule: byRule,
  };
}

function sayPeak(
  { type, countedField, timespanMicroseconds, rules }: CorrelationRule,
  { peak }: Episode,
): string {
  const within = `within ${sayTimespan(timespanMicroseconds)}`;
  if (type === 'event_count') return `The highest count ${within} was ${peak.measure}.`;
  if (type === 'value_count')
    return `The highest number of different values of ${countedField?.name} ${within} was ${peak.measure}.`;
  const order = type === 'temporal' ? '' : ', in this order';
  return `${rules.map(({ title }) => `“${title}”`).join(', ')} all occurred ${within}${order}.`;
}

function sayWouldChange({ type, condition, timespanMicroseconds }: CorrelationRule): string {
  const within = `within ${sayTimespan(timespanMicroseconds)}`;
  if (type === 'temporal' || type === 'temporal_ordered')
    return `If one of the rules had not matched ${within}, this would not be listed.`;
  const { atLeast, atMost } = condition;
  const bounds = [
    ...(atLeast === null ? [] : [`fewer than ${atLeast}`]),
    ...(atMost === null ? [] : [`more than ${atMost}`]),
  ];
  return `With ${bounds.join(' or ')} ${within} this would not be listed.`;
}

function sayGroupKey({ groupBy }: CorrelationRule, { group }: Episode, history: History): string {
  if (groupBy.length === 0) return `source account “${group.sourceAccount}”`;
  const said = ({ name }: RuleField, at: number) =>
    name === 'actor' ? (actorName(group, history) ?? group.key[at]) : group.key[at];
  return groupBy.map((field, at) => `${field.name} “${said(field, at)}”`).join(' and ');
}

/** What people call the actor whom all events of the group have in common; null when the source has no name. */
function actorName({ events }: Episode['group'], history: History): string | null {
  const { segment, index } = events[0]!;
  return history.actors[history.series[segment.series[index]!]!.actor]!.name;
}

const kinds: Readonly<Record<string, Entity['kind']>> = {
  actor: 'actor',
  ip: 'ip',
  path: 'route',
  resource_id: 'resource',
  resource_type: 'resource',
  session_id: 'session',
};

/** One field stands for itself; several are written side by side, with what joins them escaped. */
function entityOf({ groupBy }: CorrelationRule, { group }: Episode): { entity: Entity; actor: string } {
  const { sourceAccount, key } = group;
  const named = groupBy.map(({ name }, at) => ({ name, value: key[at]! }));
  const actor = named.find(({ name }) => name === 'actor')?.value ?? '';
  const own = named.filter(({ name }) => name !== 'source_account');
  const [first] = own;
  if (first === undefined) return { entity: { kind: 'account', value: sourceAccount }, actor };
  const kind = kinds[first.name];
  if (own.length === 1 && kind !== undefined) return { entity: { kind, value: first.value }, actor };
  const value = own.map(({ name, value }) => `${name}=${value.replaceAll(/[\\,]/g, '\\$&')}`).join(', ');
  return { entity: { kind: kind ?? 'account', value }, actor };
}

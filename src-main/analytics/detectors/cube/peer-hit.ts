// Puts a comparison with the peers into words and numbers.
import type { Evidence, Explanation, Hit } from '../../detector.ts';
import type { History } from '../../history/history.ts';
import { actorDay } from './actor-day-hit.ts';
import type { Citation } from './cite-spans.ts';
import { dayText, isoDay } from './local-span.ts';
import type { Comparison } from './peer-compare.ts';
import type { PeerParameters } from './peer-parameters.ts';
import { counted, digits, listed, oneIn, rarity } from './say.ts';

/** From this surprise on a day is high: domain order of the surprise scale. */
const highSurprise = 6;

export function peerHit(
  history: History,
  comparison: Comparison,
  citation: Citation,
  parameters: PeerParameters,
): Hit {
  const { day, count, surprise } = comparison;
  const who = history.actors[comparison.actor]!;
  return {
    detector: 'peer',
    methodVersion: 'peer/1',
    ...actorDay(who, day),
    count,
    score: surprise,
    threshold: parameters.threshold,
    severity: surprise >= highSurprise ? 'high' : 'medium',
    evidence: evidenceOf(comparison, citation, parameters),
    explanation: explain(who.actor, comparison, citation, parameters),
    events: citation.events,
  };
}

function evidenceOf(comparison: Comparison, { actions }: Citation, parameters: PeerParameters): Evidence {
  const { day, count, groupKind, groupName, members, others, own, mean, dispersion, size } = comparison;
  return {
    count,
    actions: actions.slice(0, 20),
    groupKind,
    group: groupName,
    members,
    othersActorDays: others.days,
    othersSum: others.sum,
    othersSumOfSquares: others.sumOfSquares,
    mean,
    dispersion,
    size,
    surprise: comparison.surprise,
    oneIn: oneIn(comparison.surprise),
    ownActiveDays: own.days,
    ownSum: own.sum,
    ownMean: comparison.ownMean,
    ownSize: comparison.ownSize,
    ownSurprise: comparison.ownSurprise,
    baselineFrom: isoDay(day - parameters.windowDays),
    baselineUntil: isoDay(day),
    leftOutPercent: parameters.leftOutShare * 100,
    parameters: { ...parameters },
  };
}

function explain(
  who: string,
  comparison: Comparison,
  { actions }: Citation,
  parameters: PeerParameters,
): Explanation {
  const { count, day, mean, size, surprise, members, others, own, groupKind, groupName } = comparison;
  const group = groupKind === 'account' ? 'the same account' : `type “${groupName}”`;
  return {
    what: `${counted(count, 'privileged action')} by ${who} on ${dayText(day)}: ${listed(actions)}.`,
    expected: `Other actors of ${group} usually do ${digits(mean)} on a day on which they are active.`,
    unusual: `Surprise ${digits(surprise)} (−log10 of the chance of ${count} or more), ${rarity(surprise, 'active days')} of this group; listed from ${digits(parameters.threshold)}.`,
    comparedWith: `${counted(others.days, 'active day')} of the others in the ${parameters.windowDays} days before, ${counted(others.sum, 'privileged action')} in all (the highest ${digits(parameters.leftOutShare * 100)} % of these days left out); the group has ${members} members. The actor's own ${counted(own.days, 'active day')} had ${digits(own.sum)}.`,
    alsoSeen: null,
    confidence: `Negative binomial tail of mean ${digits(mean)} and size ${digits(size)}; the size is kept between ${digits(parameters.sizeFloor)} and ${digits(parameters.sizeCeiling)}.`,
    method: `peer/1: privileged actions a UTC day against actors of ${group}, ${parameters.windowDays} days; at least ${parameters.minimumMembers} members and ${parameters.minimumActorDays} of their active days.`,
    wouldChange: `It would not be listed below ${parameters.minimumCount} privileged actions, if the others did more of them, or if the actor had done as many on earlier days (surprise against them ${digits(comparison.ownSurprise)}, needed ${digits(parameters.ownSurprise)}).`,
  };
}

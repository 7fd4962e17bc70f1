// Findings folded into one story for each actor and local day, whatever lies between them.
import type { Finding } from '#shared/model/finding.ts';
import type { FindingCase } from '#shared/model/story.ts';
import { listWords } from '../../domain/count-words.ts';
import { severityRank } from '../../domain/severity-rank.ts';
import { inZone } from '../../domain/zoned-time.ts';
import { text } from '../../texts/text.ts';
import { statusOf } from './finding-rules.ts';

const titlesInFull = 2;

/** About nobody in particular, what it is about stands in for the actor. */
function keyOf({ sourceAccount, actor, entity, start }: Finding, zone: string): string {
  const who = actor === '' ? [entity.kind, entity.value] : ['actor', actor];
  return JSON.stringify([sourceAccount, ...who, inZone(start, zone).slice(0, 10)]);
}

/**
 * In the order of cases: what nothing but z3 found last, then the most severe first, then the higher score, then the later.
 * @param titleOf words of a detector
 * @param cases tell which findings are the reviewer's own doing
 */
export function dayStories(
  findings: readonly Finding[],
  zone: string,
  titleOf: (detector: string) => string,
  cases: readonly FindingCase[] = [],
): FindingCase[] {
  const own = new Set(
    cases.flatMap(({ isOwnAction, actors, members }) =>
      isOwnAction === true && actors.length === 1 ? members : [],
    ),
  );
  return [...Map.groupBy(findings, (finding) => keyOf(finding, zone))]
    .map(([key, members]) => storyOf(`day ${key}`, members, titleOf, own))
    .toSorted(
      (one, other) =>
        Number(one.isSecondTier) - Number(other.isSecondTier) ||
        severityRank(other.severity) - severityRank(one.severity) ||
        other.score - one.score ||
        other.start.localeCompare(one.start) ||
        one.id.localeCompare(other.id),
    );
}

function storyOf(
  id: string,
  findings: readonly Finding[],
  titleOf: (detector: string) => string,
  own: ReadonlySet<string>,
): FindingCase {
  const members = findings.toSorted((a, b) => a.start.localeCompare(b.start) || a.id.localeCompare(b.id));
  const ranked = members.toSorted(
    (a, b) => severityRank(b.severity) - severityRank(a.severity) || b.score - a.score,
  );
  const first = ranked[0]!;
  const { sourceAccount, actor, actorName, severity, score } = first;
  return {
    id,
    sourceAccount,
    title: titleFrom([...new Set(ranked.map(({ detector }) => titleOf(detector)))]),
    actor,
    actorName,
    actors: actor === '' ? [] : [actor],
    start: members[0]!.start,
    end: members
      .map(({ end }) => end)
      .toSorted()
      .at(-1)!,
    severity,
    members: members.map((member) => member.id),
    detectors: [...new Set(members.map(({ detector }) => detector))],
    score,
    open: members.filter((member) => statusOf(member) === 'open').length,
    isSecondTier: members.every(({ detector }) => detector === 'z3'),
    ...(members.some((member) => own.has(member.id)) ? { isOwnAction: true } : {}),
  };
}

/** Abbreviations stay as they are. */
const inSentence = (title: string) =>
  /^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;

function titleFrom(titles: readonly string[]): string {
  const shown = titles
    .slice(0, titlesInFull)
    .map((title, place) => (place === 0 ? title : inSentence(title)));
  const left = titles.length - shown.length;
  return left === 0
    ? listWords(shown)
    : text('findings:story.titleMore', { titles: shown.join(', '), count: left });
}

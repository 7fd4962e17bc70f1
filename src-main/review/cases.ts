// Findings folded into stories, with what people have made of them.
import type { Finding, FindingStatus } from '#shared/model/finding.ts';
import { severityRank } from '#shared/model/severity.ts';
import type { FindingCase } from '#shared/model/story.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { z3Method } from '../analytics/detectors/z3.ts';
import { foldCases, type Case } from '../analytics/cases.ts';
import type { CaseMember } from '../analytics/case-member.ts';

/**
 * The stories that findings tell; who is in which does not depend on what became of them.
 * @param members one of each finding
 * @param status only stories with a member in this state
 */
export function listCases(
  findings: readonly Finding[],
  members: readonly CaseMember[],
  status?: FindingStatus,
): FindingCase[] {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const stories = foldCases(members).map((story) => ({ story, found: findingsOf(story, byId) }));
  return stories
    .filter(({ found }) => status === undefined || found.some((finding) => statusOf(finding) === status))
    .map(({ story, found }) => toFindingCase(story, found))
    .toSorted(compareCases);
}

function findingsOf({ members }: Case, byId: ReadonlyMap<string, Finding>): Finding[] {
  return members.flatMap(({ identity }) => byId.get(identity) ?? []);
}

/** Null is hidden by an exception. */
function statusOf({ disposition, suppressedBy }: Finding): FindingStatus | null {
  if (disposition !== null) return disposition;
  return suppressedBy === null ? 'open' : null;
}

function toFindingCase(story: Case, found: readonly Finding[]): FindingCase {
  const { id, sourceAccount, title, actors, severity, startMicroseconds, endMicroseconds } = story;
  const actor = actors.length === 1 ? actors[0]! : '';
  const nameOf = (who: string) =>
    found.find(({ actor, actorName }) => actor === who && actorName !== null)?.actorName ?? null;
  const strongest = found.filter((finding) => finding.severity === severity);
  return {
    id,
    sourceAccount,
    title: withName(title, actors[0], nameOf),
    actor,
    actorName: actor === '' ? null : nameOf(actor),
    actors: [...actors],
    start: formatInstant(startMicroseconds),
    end: formatInstant(endMicroseconds),
    severity,
    members: found.map((finding) => finding.id),
    detectors: [...new Set(found.map(({ detector }) => detector))],
    score: Math.max(...strongest.map(({ score }) => score)),
    open: found.filter((finding) => statusOf(finding) === 'open').length,
    isSecondTier: found.every(({ detector }) => detector === z3Method.id),
  };
}

/** People know each other by name, where one is recorded. */
function withName(
  title: string,
  actor: string | undefined,
  nameOf: (actor: string) => string | null,
): string {
  const name = actor === undefined ? null : nameOf(actor);
  const place = title.lastIndexOf(` by ${actor}`);
  if (actor === undefined || name === null || name === '' || place < 0) return title;
  return `${title.slice(0, place)} by ${name}${title.slice(place + ` by ${actor}`.length)}`;
}

function compareCases(one: FindingCase, other: FindingCase): number {
  return (
    Number(one.isSecondTier) - Number(other.isSecondTier) ||
    severityRank(other.severity) - severityRank(one.severity) ||
    other.score - one.score ||
    (one.id < other.id ? -1 : 1)
  );
}

// Findings on record as cases and risks see them.
import type { Finding } from '#shared/model/finding.ts';
import { parseInstant } from '#shared/time/instant.ts';
import type { CaseMember } from '../analytics/case-member.ts';
import { citedEventsLimit } from '../analytics/detector.ts';
import { readCitedSpans, type CitedSpan } from '../store/cache/cited-spans.ts';
import type { DatabaseHandle } from '../store/database.ts';

/**
 * The same member a hit of the finding makes: see `caseMemberOf`.
 * @param titleOf words of a detector for lists
 */
export function caseMembersOf(
  cache: DatabaseHandle,
  findings: readonly Finding[],
  titleOf: (detector: string) => string,
): CaseMember[] {
  const timed = findings.map((finding) => ({
    ...finding,
    startMicroseconds: parseInstant(finding.start),
    endMicroseconds: parseInstant(finding.end),
  }));
  const spans = readCitedSpans(cache, timed);
  return timed.map((finding) => memberOf(finding, spans.get(finding.id) ?? null, titleOf));
}

type Timed = Finding & { readonly startMicroseconds: number; readonly endMicroseconds: number };

function memberOf(finding: Timed, span: CitedSpan | null, titleOf: (detector: string) => string): CaseMember {
  const { id, detector, sourceAccount, actor, entity, severity, eventIds } = finding;
  const from = span?.firstMicroseconds ?? finding.startMicroseconds;
  const isWhole = span !== null && eventIds.length < citedEventsLimit;
  const to = isWhole ? span.lastMicroseconds : finding.endMicroseconds;
  return {
    identity: id,
    detector,
    sourceAccount,
    actor: actor === '' && entity.kind === 'actor' ? entity.value : actor,
    entity,
    title: titleOf(detector),
    severity,
    fromMicroseconds: from,
    toMicroseconds: Math.max(from, to),
    eventIds,
  };
}

// Detector sod: segregation of duties broken by what was done: rights for oneself, one's own approval, changes to the log.
import type { Severity } from '#shared/model/severity.ts';
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { citedEventsLimit, type Detector, type Hit, type Scope } from '../detector.ts';
import { auditChanges, type AuditFinding } from './events/audit-changes.ts';
import { inOrder, judgedDays } from './events/judged-days.ts';
import { ownApprovals, type OwnApproval } from './events/own-approvals.ts';
import { selfGrants, type SelfGrantFinding } from './events/self-grant-episodes.ts';
import { sodParameters, type SodParameters } from './events/sod-parameters.ts';
import { describeAuditChange, describeOwnApproval, describeSelfGrant } from './events/sod-story.ts';

/**
 * Three rules, all deterministic: feedback does not change them, only an approved exception silences them.
 * - self-grant: a privilege change for the one who makes it (renewing one's own password or key is none). Critical; high when only
 *   a key that may also mean the one who acts says so, or the two names are the same person in different forms.
 * - own approval: an approval of something the same actor created or asked for within 30 days before. High.
 * - audit change: whatever changes what is logged or how long it is kept. Critical when it ends, deletes or clears; low when it
 *   begins or extends; else high.
 * What was refused did not happen, and is not listed. Changes of one kind by one actor fold into episodes, cut at UTC midnight;
 * the start is the first of them on that day.
 */
export function sod(parameters: SodParameters = sodParameters): Detector {
  return {
    id: 'sod',
    version: 'sod/1',
    title: 'Segregation of duties',
    needs: [],
    reachDays: Math.ceil(parameters.approvalDays) + 1,
    run: (history, scope) => {
      const quietMicroseconds = parameters.quietMinutes * 60_000_000;
      return inOrder(
        judgedDays(scope).flatMap((day) => [
          ...auditChanges(history, day, quietMicroseconds).map((found) => auditHit(found, parameters, scope)),
          ...selfGrants(history, day, quietMicroseconds).map((found) => grantHit(found, parameters, scope)),
          ...ownApprovals(history, day, parameters.approvalDays * microsecondsPerDay).map((found) =>
            approvalHit(found, parameters, scope),
          ),
        ]),
      );
    },
  };
}

export const sodDetector: Detector = sod();

const always = { detector: 'sod', methodVersion: 'sod/1', threshold: 1 } as const;

const auditSeverity: Record<AuditFinding['change'], Severity> = {
  disabling: 'critical',
  changing: 'high',
  enabling: 'low',
};

function auditHit(found: AuditFinding, parameters: SodParameters, { zone }: Scope): Hit {
  const { sourceAccount, actor, action, change, episode } = found;
  return {
    ...always,
    sourceAccount,
    actor,
    entity: actor === '' ? { kind: 'account', value: sourceAccount } : { kind: 'actor', value: actor },
    action,
    startMicroseconds: episode.startMicroseconds,
    endMicroseconds: episode.endMicroseconds,
    count: episode.events.length,
    score: episode.events.length,
    severity: auditSeverity[change],
    ...describeAuditChange(found, parameters, zone),
    events: episode.events.slice(0, citedEventsLimit),
  };
}

function grantHit(found: SelfGrantFinding, parameters: SodParameters, { zone }: Scope): Hit {
  const { sourceAccount, actor, action, grant, episode } = found;
  return {
    ...always,
    sourceAccount,
    actor,
    entity: { kind: 'actor', value: actor },
    action,
    startMicroseconds: episode.startMicroseconds,
    endMicroseconds: episode.endMicroseconds,
    count: episode.events.length,
    score: episode.events.length,
    severity: grant.isCertain && grant.likeness !== 'account' ? 'critical' : 'high',
    ...describeSelfGrant(found, parameters, zone),
    events: episode.events.slice(0, citedEventsLimit),
  };
}

function approvalHit(found: OwnApproval, parameters: SodParameters, { zone }: Scope): Hit {
  const { sourceAccount, actor, action, resourceId } = found;
  return {
    ...always,
    sourceAccount,
    actor,
    entity: { kind: 'resource', value: resourceId },
    action,
    startMicroseconds: found.approvedMicroseconds,
    endMicroseconds: found.approvedMicroseconds + 1,
    count: 2,
    score: 1,
    severity: 'high',
    ...describeOwnApproval(found, parameters, zone),
    events: [found.created, found.approved],
  };
}

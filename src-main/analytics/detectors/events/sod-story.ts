// Tells breaches of segregation of duties: the evidence, and the sentences made of it.
import { formatInstant } from '#shared/time/instant.ts';
import type { Evidence, Explanation } from '../../detector.ts';
import { textAt } from '../../history/segment.ts';
import type { AuditFinding } from './audit-changes.ts';
import type { FoldedChange } from './change-episodes.ts';
import type { OwnApproval } from './own-approvals.ts';
import type { SelfGrantFinding } from './self-grant-episodes.ts';
import type { SodParameters } from './sod-parameters.ts';
import { counted, hourOf, named, wholeUnits } from './wording.ts';

interface Story {
  readonly evidence: Evidence;
  readonly explanation: Explanation;
}

const silencing =
  'Nothing in the numbers would: the rule is deterministic, and only an approved exception silences it.';

export function describeAuditChange(found: AuditFinding, parameters: SodParameters, zone: string): Story {
  const { actor, action, change, episode } = found;
  const evidence = {
    ...changeEvidence('audit-change', found, parameters, zone),
    change,
    resources: firstResources(found),
  };
  const effect = {
    disabling: 'It ends, deletes or clears what is logged or kept.',
    changing: 'It changes what is logged, or how long it is kept.',
    enabling: 'It begins or extends logging.',
  }[change];
  const by = actor === '' ? 'nobody the source names' : named(actor);
  return {
    evidence,
    explanation: {
      ...plain,
      what: `${counted(episode.events.length, 'change')} to the audit configuration by ${by} (${named(action)}), ${evidence.beganIn}.`,
      unusual: `${effect} Whoever can change the log can hide in it, so every such change is listed.`,
      method: `sod/1, rule audit-change: the name of the action says that it changes what is logged or how long it is kept; refused ones left out; ${parameters.quietMinutes} quiet minutes end a finding.`,
    },
  };
}

export function describeSelfGrant(found: SelfGrantFinding, parameters: SodParameters, zone: string): Story {
  const { actor, action, episode, grant } = found;
  const evidence = {
    ...changeEvidence('self-grant', found, parameters, zone),
    target: grant.target,
    targetFoundIn: grant.foundIn,
    likeness: grant.likeness,
    isCertain: grant.isCertain,
  };
  const doubt = [
    ...(grant.isCertain ? [] : [`The ${grant.foundIn} may also mean the one who acts.`]),
    ...(grant.likeness === 'account'
      ? [`“${named(grant.target)}” is taken for another form of the actor’s name.`]
      : []),
  ];
  return {
    evidence,
    explanation: {
      ...plain,
      what: `${counted(episode.events.length, 'privilege change')} by ${named(actor)} for themselves (${named(action)}), ${evidence.beganIn}.`,
      unusual: `The target, “${named(grant.target)}” in ${grant.foundIn}, is the one who acts. Nobody should give themselves rights.`,
      confidence: doubt.length === 0 ? null : doubt.join(' '),
      method: `sod/1, rule self-grant: a privilege change whose target is its actor; refused ones and one’s own passwords and keys left out; ${parameters.quietMinutes} quiet minutes end a finding.`,
    },
  };
}

export function describeOwnApproval(found: OwnApproval, parameters: SodParameters, zone: string): Story {
  const { actor, action, createdBy, resourceId, createdMicroseconds, approvedMicroseconds } = found;
  const { value, unit } = wholeUnits(approvedMicroseconds - createdMicroseconds);
  const evidence = {
    deterministic: true,
    rule: 'own-approval',
    resourceId,
    createdAction: createdBy,
    createdAt: formatInstant(createdMicroseconds),
    approvedAction: action,
    approvedAt: formatInstant(approvedMicroseconds),
    approvedIn: hourOf(approvedMicroseconds, zone),
    createdIn: hourOf(createdMicroseconds, zone),
    after: `${value} ${unit}s`,
    parameters: { ...parameters },
  };
  return {
    evidence,
    explanation: {
      ...plain,
      what: `${named(actor)} approved ${named(resourceId)} (${named(action)}), ${evidence.approvedIn}.`,
      unusual: `${named(actor)} had made or asked for the same thing (${named(createdBy)}) ${counted(value, unit)} before or less, ${evidence.createdIn}. Whoever asks should not approve.`,
      method: `sod/1, rule own-approval: an approval by the actor who created or asked for the same resource within ${parameters.approvalDays} days before; refused ones left out.`,
    },
  };
}

const plain = {
  expected: null,
  comparedWith: null,
  alsoSeen: null,
  confidence: null,
  wouldChange: silencing,
} as const;

function changeEvidence(
  rule: string,
  { action, episode }: FoldedChange,
  parameters: SodParameters,
  zone: string,
) {
  return {
    deterministic: true,
    rule,
    action,
    events: episode.events.length,
    firstAt: formatInstant(episode.startMicroseconds),
    lastAt: formatInstant(episode.endMicroseconds - 1),
    beganIn: hourOf(episode.startMicroseconds, zone),
    parameters: { ...parameters },
  };
}

const listedResources = 20;

function firstResources({ episode }: FoldedChange): string[] {
  const ids = episode.events.map(({ segment, index }) => textAt(segment, 'resourceId', index) ?? '');
  return [...new Set(ids.filter((id) => id !== ''))].slice(0, listedResources);
}

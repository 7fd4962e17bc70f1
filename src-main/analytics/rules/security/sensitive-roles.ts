// A sensitive role given: to somebody for the first time, or by somebody to themselves.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { Hit, Scope } from '../../detector.ts';
import type { History } from '../../history/history.ts';
import type { EventReference } from '../../history/segment.ts';
import { declareRule, type BoundRule } from '../declared-rule.ts';
import { judgedDays, type JudgedDay } from '../judged-days.ts';
import { outcomesOf } from '../outcome.ts';
import { seriesColumns, slicesBetween } from '../reading.ts';
import { inOrder, ruleHit } from '../rule-hit.ts';
import { digits } from '../wording.ts';
import { roleGrantActions, roleGrantAt } from './role-grants.ts';

interface RoleValues {
  readonly sensitiveRoles: readonly string[];
  readonly memoryDays: number;
  readonly score: number;
  readonly [name: string]: number | readonly string[];
}

const sensitiveRoles = {
  default: ['admin', 'administrator', 'super-admin', 'root'],
  unit: '',
  meaning: 'Names of roles that are sensitive, in either case.',
};

/** One finding for each grantee and role on a day; a grantee the event does not name is unknown and nobody's first time. */
export const firstSensitiveRole = declareRule<RoleValues>({
  id: 'security.privilege_first_role',
  preset: 'security',
  title: 'Sensitive role for the first time',
  version: 1,
  parameters: {
    sensitiveRoles,
    memoryDays: {
      default: 30,
      unit: 'days',
      meaning: 'Not given to the same grantee in so many days before.',
      minimum: 1,
    },
    score: { default: 70, unit: 'points of 100', meaning: 'Score of the finding.' },
  },
  needs: () => ['metadata'],
  text: ({ memoryDays }) =>
    `a sensitive role given, successfully, to somebody who was not given it in the ${digits(memoryDays)} days before`,
  reachDays: ({ memoryDays }) => Math.ceil(memoryDays),
  run: (rule, history, scope) => {
    const { sensitiveRoles: roles, memoryDays } = rule.values;
    const hits: Hit[] = [];
    const given = new Map<string, number>();
    const note = (grant: Grant, isJudged: boolean) => {
      if (grant.grantee === null || grant.isFailed) return;
      const name = JSON.stringify([grant.sourceAccount, grant.grantee.toLowerCase(), grant.role]);
      const before = given.get(name) ?? -Infinity;
      given.set(name, grant.microseconds);
      const isKnown = before >= grant.microseconds - memoryDays * microsecondsPerDay;
      if (isJudged && !isKnown) hits.push(firstRoleHit(rule, scope, grant, grant.grantee));
    };
    const noteAll = (from: number, until: number, isJudged: boolean) => {
      for (const grant of grantsBetween(history, from, until, roles)) note(grant, isJudged);
    };
    const days = judgedDays(scope);
    let notedUntil = -Infinity;
    for (const { startMicroseconds, endMicroseconds } of days) {
      const from = Math.max(notedUntil, startMicroseconds - memoryDays * microsecondsPerDay);
      noteAll(from, startMicroseconds, false);
      noteAll(startMicroseconds, endMicroseconds, true);
      notedUntil = endMicroseconds;
    }
    return inOrder(hits);
  },
});

function firstRoleHit(rule: BoundRule<RoleValues>, scope: Scope, grant: Grant, grantee: string): Hit {
  const { memoryDays, score } = rule.values;
  return grantHit(rule, scope, grant, {
    severity: 'medium',
    score,
    what: `The role ${grant.role} given to ${grantee} by ${grant.actor || 'an unattributed actor'}`,
    unusual: `${grantee} was not given this role in the ${digits(memoryDays)} days before: ${digits(score)} of 100 points.`,
    wouldChange: `It would not be listed if ${grantee} had been given it in the ${digits(memoryDays)} days before.`,
  });
}

/** Tried or done: an attempt that was refused is listed as well. */
export const selfAssignedRole = declareRule<RoleValues>({
  id: 'security.privilege_self_assignment',
  preset: 'security',
  title: 'Sensitive role given to oneself',
  version: 1,
  parameters: {
    sensitiveRoles,
    memoryDays: { default: 0, unit: 'days', meaning: 'Days in which a repeat is not listed again.' },
    score: { default: 90, unit: 'points of 100', meaning: 'Score of the finding.' },
  },
  needs: () => ['metadata'],
  text: () => 'a sensitive role given by an actor to the same actor, whether that succeeded or not',
  reachDays: ({ memoryDays }) => Math.max(1, Math.ceil(memoryDays)),
  run: (rule, history, scope) => {
    const { sensitiveRoles: roles, memoryDays, score } = rule.values;
    const hits: Hit[] = [];
    for (const day of judgedDays(scope)) {
      const from = day.startMicroseconds - memoryDays * microsecondsPerDay;
      const seen = new Map<string, number>();
      for (const grant of grantsBetween(history, from, day.endMicroseconds, roles)) {
        if (grant.actor === '' || grant.grantee?.toLowerCase() !== grant.actor.toLowerCase()) continue;
        const name = JSON.stringify([grant.sourceAccount, grant.actor, grant.role]);
        const before = seen.get(name);
        seen.set(name, grant.microseconds);
        const isRepeat = before !== undefined && (memoryDays > 0 || before >= day.startMicroseconds);
        if (isRepeat || grant.microseconds < day.startMicroseconds) continue;
        hits.push(
          grantHit(rule, scope, grant, {
            severity: 'critical',
            score,
            what: `The role ${grant.role} given by ${grant.actor} to ${grant.grantee}`,
            unusual: `Nobody may give a sensitive role to themselves: ${digits(score)} of 100 points.`,
            wouldChange: 'It would not be listed if somebody else had given the role.',
          }),
        );
      }
    }
    return inOrder(hits);
  },
});

interface Grant {
  readonly reference: EventReference;
  readonly microseconds: number;
  readonly sourceAccount: string;
  readonly actor: string;
  readonly role: string;
  readonly grantee: string | null;
  readonly isFailed: boolean;
}

function* grantsBetween(
  history: History,
  from: number,
  until: JudgedDay['endMicroseconds'],
  roles: readonly string[],
): Generator<Grant> {
  const { actors, actions } = seriesColumns(history);
  const mayGrant = roleGrantActions(history);
  if (!mayGrant.includes(1)) return;
  const outcomes = outcomesOf(history);
  const wanted = new Set(roles.map((role) => role.toLowerCase()));
  for (const { segment, from: first, to } of slicesBetween(history, from, until)) {
    const failed = outcomes.failedIn(segment);
    for (let index = first; index < to; index += 1) {
      const series = segment.series[index]!;
      if (mayGrant[actions[series]!] !== 1) continue;
      const grant = roleGrantAt(segment, index);
      if (grant === null || !wanted.has(grant.role)) continue;
      const { sourceAccount, actor } = history.actors[actors[series]!]!;
      const microseconds = segment.microseconds[index]!;
      yield {
        ...grant,
        reference: { segment, index },
        microseconds,
        sourceAccount,
        actor,
        isFailed: failed(index),
      };
    }
  }
}

interface GrantWords {
  readonly severity: 'medium' | 'critical';
  readonly score: number;
  readonly what: string;
  readonly unusual: string;
  readonly wouldChange: string;
}

function grantHit(
  rule: BoundRule,
  scope: Scope,
  { reference, microseconds, sourceAccount, actor, role, grantee, isFailed }: Grant,
  { severity, score, what, unusual, wouldChange }: GrantWords,
): Hit {
  return ruleHit(rule, scope, {
    // Both roles that somebody is given at one instant are findings of their own.
    subject: {
      sourceAccount,
      actor,
      entity: { kind: 'resource', value: `role ${role} for ${grantee ?? actor}` },
      phrase: '',
    },
    startMicroseconds: microseconds,
    endMicroseconds: microseconds + 1,
    count: 1,
    score,
    threshold: score,
    severity,
    evidence: { role, grantee, givenBy: actor, isFailed },
    words: { what, unusual, wouldChange },
    events: [reference],
  });
}

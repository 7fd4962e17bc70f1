// Makes a finding out of what a declared rule measured, in the same words and parts for every rule.
import type { Severity } from '#shared/model/severity.ts';
import type { Evidence, Hit, Scope } from '../detector.ts';
import type { EventReference } from '../history/segment.ts';
import { valuesAsEvidence, type BoundRule } from './declared-rule.ts';
import type { Subject } from './subjects.ts';
import { timesAsEvidence, whenOf } from './wording.ts';

/** What a rule says in its own words. */
export interface Words {
  /** Without a time and a full stop: “12 failed sign-ins from 203.0.113.7”. */
  readonly what: string;
  readonly expected?: string | null;
  readonly unusual: string;
  readonly comparedWith?: string | null;
  readonly alsoSeen?: string | null;
  readonly confidence?: string | null;
  /** What would have to be different for this not to be listed. */
  readonly wouldChange: string;
}

export interface RuleFacts {
  readonly subject: Subject;
  readonly startMicroseconds: number;
  readonly endMicroseconds: number;
  readonly count: number;
  readonly score: number;
  readonly threshold: number;
  readonly severity: Severity;
  readonly evidence: Evidence;
  readonly words: Words;
  readonly events: readonly EventReference[];
}

/** The finding; its evidence has the rule's parameters and times beside what was measured. */
export function ruleHit(rule: BoundRule, { zone }: Scope, facts: RuleFacts): Hit {
  const { subject, startMicroseconds, endMicroseconds, words } = facts;
  return {
    detector: rule.id,
    methodVersion: rule.methodVersion,
    sourceAccount: subject.sourceAccount,
    actor: subject.actor,
    entity: subject.entity,
    action: '',
    startMicroseconds,
    endMicroseconds,
    count: facts.count,
    score: facts.score,
    threshold: facts.threshold,
    severity: facts.severity,
    evidence: {
      ...facts.evidence,
      count: facts.count,
      score: facts.score,
      threshold: facts.threshold,
      ...timesAsEvidence(startMicroseconds, endMicroseconds),
      zone,
      parameters: valuesAsEvidence(rule.values),
    },
    explanation: {
      what: `${words.what}, ${whenOf(startMicroseconds, endMicroseconds, zone)}.`,
      expected: words.expected ?? null,
      unusual: words.unusual,
      comparedWith: words.comparedWith ?? null,
      alsoSeen: words.alsoSeen ?? null,
      confidence: words.confidence ?? null,
      method: `Rule ${rule.methodVersion}: ${rule.text}.`,
      wouldChange: words.wouldChange,
    },
    events: facts.events,
  };
}

/** In order of time; of equal times by what they are about, so that no numbering shows. */
export function inOrder(hits: readonly Hit[]): Hit[] {
  return hits.toSorted(
    (a, b) =>
      a.startMicroseconds - b.startMicroseconds ||
      compare(a.sourceAccount, b.sourceAccount) ||
      compare(a.entity.value, b.entity.value) ||
      compare(a.actor, b.actor),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// Makes detectors of rules: one each, because each needs its own fields and is switched off on its own.
import { Problem } from '#shared/model/problem.ts';
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { Detector } from '../detector.ts';
import { correlationHits } from './correlation-hits.ts';
import { eventRuleHits } from './event-rule-hits.ts';
import { assertEvaluable } from './match-rule.ts';
import type { SigmaRule } from './rule.ts';

/**
 * A detector for every rule that raises hits; informational rules, and rules that only serve a correlation, have none. Its id is “sigma:”
 * and the rule's key; its version changes with everything that decides the rule's answer.
 *
 * A rule about single events raises one hit for each actor and UTC day, a correlation one for each group and timespan.
 * @throws Problem `invalid-input` when two rules share a key, because their findings could not be told apart
 */
export function sigmaDetectors(rules: readonly SigmaRule[]): Detector[] {
  const keys = new Set<string>();
  for (const { key, title } of rules) {
    if (keys.has(key))
      throw new Problem('invalid-input', `Two rules are both named “${key}”; the second is “${title}”.`, {
        next: 'Give one of them another id.',
      });
    keys.add(key);
  }
  return rules.flatMap((rule) => detectorOf(rule) ?? []);
}

function detectorOf(rule: SigmaRule): Detector | null {
  const { key, title, level, needs } = rule;
  if (!rule.raisesHits || level === null || level === 'informational') return null;
  const id = `sigma:${key}`;
  const version = `${id}/${rule.fingerprint}`;
  const raisedBy = { id, methodVersion: version, severity: level };
  return {
    id,
    version,
    title,
    needs,
    reachDays: rule.kind === 'event' ? 0 : Math.ceil(rule.timespanMicroseconds / microsecondsPerDay),
    run: (history, scope) => {
      assertEvaluable(rule, history);
      return rule.kind === 'event'
        ? eventRuleHits(rule, raisedBy, history, scope)
        : correlationHits(rule, raisedBy, history, scope);
    },
  };
}

// Which events are privileged actions, by the rules that say so.
import type { History } from '../history/history.ts';
import type { EventReference, Segment, SegmentField } from '../history/segment.ts';
import { eventMatcher } from './event-matcher.ts';
import { fieldTest } from './field-test.ts';
import { privilegedTag } from './parse-rules.ts';
import type { EventRule, SigmaRule } from './rule.ts';
import { decisionOf } from './three-valued.ts';

export interface PrivilegedEvents {
  isPrivileged(event: EventReference): boolean;
  /** Calls `found` with the index of every privileged event in [from, to), ascending, once each. */
  eachIn(segment: Segment, from: number, to: number, found: (index: number) => void): void;
  /** Definitions this history lacks fields for: of what they call privileged, only what these fields could not change is found. */
  readonly notEvaluable: readonly { readonly rule: EventRule; readonly missing: readonly SegmentField[] }[];
}

/** The rules tagged `privileged`; an event is privileged when one of them matches. */
export function privilegedRules(rules: readonly SigmaRule[]): EventRule[] {
  return rules.filter((rule) => rule.kind === 'event').filter(({ tags }) => tags.includes(privilegedTag));
}

/** Returns what tells the privileged events of a history. Rules without the tag say nothing about it. */
export function privilegedPredicate(rules: readonly SigmaRule[]): (history: History) => PrivilegedEvents {
  const definitions = privilegedRules(rules);
  return (history) => {
    const missingOf = ({ needs }: EventRule) => needs.filter((field) => !history.fields.has(field));
    const matchers = definitions.map(({ expression }) => eventMatcher(expression, history));
    const masks = new Map<Segment, Uint8Array>();
    return {
      isPrivileged: ({ segment, index }) => {
        const mask = masks.get(segment) ?? maskOf(matchers, segment, 0, segment.length);
        masks.set(segment, mask);
        return mask[index] === 1;
      },
      eachIn: (segment, from, to, found) => {
        for (const [offset, bit] of maskOf(matchers, segment, from, to).entries())
          if (bit === 1) found(from + offset);
      },
      notEvaluable: definitions
        .map((rule) => ({ rule, missing: missingOf(rule) }))
        .filter(({ missing }) => missing.length > 0),
    };
  };
}

function maskOf(
  matchers: readonly ReturnType<typeof eventMatcher>[],
  segment: Segment,
  from: number,
  to: number,
): Uint8Array {
  const mask = new Uint8Array(to - from);
  for (const matcher of matchers) matcher(segment, from, to, (index) => (mask[index - from] = 1));
  return mask;
}

/** Of these actions, those that are privileged whatever else is known about an event. */
export function privilegedActions(rules: readonly SigmaRule[], actions: Iterable<string>): Set<string> {
  const decisions = privilegedRules(rules).map(({ expression }) =>
    decisionOf<string>(expression, (match) => {
      const test = fieldTest(match);
      return match.field.kind === 'action' ? (action) => test([action]) : () => null;
    }),
  );
  return new Set([...actions].filter((action) => decisions.some((decide) => decide(action) === true)));
}

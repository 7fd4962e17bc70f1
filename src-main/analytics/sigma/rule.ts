// What a rule is once it has been understood completely.
import type { Severity } from '#shared/model/severity.ts';
import type { SegmentField } from '../history/segment.ts';
import type { Pattern } from './pattern.ts';
import type { Network } from './network.ts';
import type { RuleField } from './taxonomy.ts';
import type { RegexProgram } from './regex-program.ts';

/** One test of one text. */
export type ValueTest =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'exists'; readonly expected: boolean }
  | { readonly kind: 'pattern'; readonly pattern: Pattern; readonly cased: boolean }
  | {
      readonly kind: 'number';
      readonly comparison: 'eq' | Comparison;
      readonly value: number;
      /** The number as written, so that an account number may have leading zeros. */
      readonly written: string;
    }
  | { readonly kind: 'network'; readonly network: Network; readonly written: string }
  | { readonly kind: 'regex'; readonly program: RegexProgram; readonly written: string };

export type Comparison = 'gt' | 'gte' | 'lt' | 'lte';

/** A field against one or more tests, of which any, or all, must hold. */
export interface FieldMatch {
  readonly field: RuleField;
  readonly quantifier: 'any' | 'all';
  readonly tests: readonly ValueTest[];
}

/** Shared parts are the same object, so an expression may be a graph; it never has a cycle. */
export type Expression =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression }
  | { readonly kind: 'match'; readonly match: FieldMatch };

/** Informational rules describe events and raise nothing, as Sigma defines the level. */
export type RuleLevel = Severity | 'informational';

interface RuleHeading {
  /** The rule's id, else its name, else its title in lower case with hyphens: names the rule in findings. */
  readonly key: string;
  readonly title: string;
  readonly description: string | null;
  readonly level: RuleLevel | null;
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
  /** SHA-256 over what decides the answer, twelve hex digits: changes whenever the same events could give another answer. */
  readonly fingerprint: string;
  /** Fields without which nothing can be said. */
  readonly needs: readonly SegmentField[];
  /** False for informational rules, and for rules that only serve a correlation. */
  readonly raisesHits: boolean;
}

export interface EventRule extends RuleHeading {
  readonly kind: 'event';
  readonly expression: Expression;
  /** Every field the rule looks at, in the order of its text. */
  readonly fields: readonly RuleField[];
}

/** A count against its bounds, all inclusive. */
export interface CountCondition {
  readonly atLeast: number | null;
  readonly atMost: number | null;
}

export type CorrelationType = 'event_count' | 'value_count' | 'temporal' | 'temporal_ordered';

export interface CorrelationRule extends RuleHeading {
  readonly kind: 'correlation';
  readonly type: CorrelationType;
  /** In the order of the rule's list. */
  readonly rules: readonly EventRule[];
  readonly groupBy: readonly RuleField[];
  readonly timespanMicroseconds: number;
  /** For temporal types: at least as many rules as there are. */
  readonly condition: CountCondition;
  /** The field whose different values are counted; null unless the type is value_count. */
  readonly countedField: RuleField | null;
}

export type SigmaRule = EventRule | CorrelationRule;

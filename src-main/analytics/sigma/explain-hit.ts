// The words and numbers that every hit of a rule carries.
import type { Severity } from '#shared/model/severity.ts';
import type { Evidence, Explanation } from '../detector.ts';
import type { History } from '../history/history.ts';
import type { EventReference, Segment } from '../history/segment.ts';
import { explainRule } from './explain-rule.ts';
import { fieldValues, metadataReader } from './field-values.ts';
import { compareText } from './order.ts';
import type { SigmaRule } from './rule.ts';
import type { RuleField } from './taxonomy.ts';

/** The detector in whose name a hit is raised. */
export interface RaisedBy {
  readonly id: string;
  readonly methodVersion: string;
  readonly severity: Severity;
}

export const nothingSaid = {
  expected: null,
  comparedWith: null,
  alsoSeen: null,
  confidence: null,
  wouldChange: null,
} satisfies Partial<Explanation>;

const shownValues = 5;
const shownCharacters = 120;

/** What is the same for every hit of a rule, put into words once. */
export interface RuleWords {
  readonly evidence: Evidence;
  /** The rule as a sentence. */
  readonly lookedFor: string;
  readonly unusual: string;
  readonly confidence: string | null;
  readonly method: string;
}

export function wordsOf(rule: SigmaRule, { methodVersion }: RaisedBy): RuleWords {
  const { key, title, description, level, tags, falsePositives, fingerprint } = rule;
  const lookedFor = explainRule(rule);
  const remark = description === null ? '' : ` ${endSentence(oneLine(description))}`;
  const harmless = endSentence(falsePositives.map(oneLine).join('; '));
  return {
    evidence: {
      rule: { key, title, description, level, tags, falsePositives, fingerprint, lookedFor },
    },
    lookedFor,
    unusual: `This is a declared rule of level ${level}, not a comparison with what is usual.${remark}`,
    confidence:
      falsePositives.length === 0 ? null : `Harmless causes known to the author of the rule: ${harmless}`,
    method: `Sigma rule “${key}”, ${methodVersion}. It looks for: ${lookedFor}`,
  };
}

/** The values the rule's fields had in these events, most frequent first, as data and as a sentence. */
export function describeMatches(
  history: History,
  fields: readonly RuleField[],
  events: readonly EventReference[],
): { evidence: Evidence; sentence: string | null } {
  const described = fields.map((field) => ({ name: field.name, ...countValues(history, field, events) }));
  const told = described.filter(({ shown }) => shown.length > 0);
  const sentence = told.map(({ name, shown, further }) => {
    const values = shown.map(({ value, events }) => `“${value}” in ${events}`);
    return `${name}: ${values.join(', ')}${further > 0 ? ` and ${further} further values` : ''}`;
  });
  return {
    evidence: Object.fromEntries(described.map(({ name, shown, further }) => [name, { shown, further }])),
    sentence:
      told.length === 0 ? null : `What the rule looked at, by number of events: ${sentence.join('; ')}.`,
  };
}

interface CountedValues {
  readonly shown: { readonly value: string; readonly events: number }[];
  /** How many further values there are. */
  readonly further: number;
}

function countValues(history: History, field: RuleField, events: readonly EventReference[]): CountedValues {
  const counts = new Map<string, number>();
  let segment: Segment | null = null;
  let valuesOf: (index: number) => readonly string[] = () => [];
  for (const event of events) {
    if (event.segment !== segment) {
      segment = event.segment;
      valuesOf = fieldValues(history, segment, field, metadataReader(segment));
    }
    for (const value of new Set(valuesOf(event.index))) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const sorted = [...counts].toSorted(([a, m], [b, n]) => n - m || compareText(a, b));
  const shown = sorted.slice(0, shownValues).map(([value, events]) => ({ value: cut(value), events }));
  return { shown, further: sorted.length - shown.length };
}

function cut(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

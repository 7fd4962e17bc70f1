// Reads a file of Sigma rules: all of it, or nothing and the complete list of what was not understood.
import { createHash } from 'node:crypto';
import { segmentFields, type SegmentField } from '../history/segment.ts';
import { parseCorrelation, type Correlation } from './parse-correlation.ts';
import { ParseContext, plainValue } from './parse-context.ts';
import { fieldsOf, parseDetection } from './parse-detection.ts';
import { parseHeading, type Heading } from './parse-heading.ts';
import { RefusalList, RulesRefused } from './refusal.ts';
import type { CorrelationRule, EventRule, Expression, SigmaRule } from './rule.ts';
import { needOf, type RuleField } from './taxonomy.ts';
import { readYaml, type YamlMap } from './yaml-tree.ts';

/** The tag of rules that define which events are privileged actions. */
export const privilegedTag = 'privileged';

/** Changes when the same rule text would be evaluated differently. */
const dialect = 'countersign-sigma/1';

/**
 * Reads the rules of a file of one or more YAML documents, in their order. A correlation may refer to event rules of the
 * same file, by id or name; those raise nothing of their own unless it says `generate: true`.
 * @throws RulesRefused (`invalid-input`) when anything at all was not understood
 */
export function parseRules(text: string): SigmaRule[] {
  const refusals = new RefusalList(text);
  const context = new ParseContext(refusals);
  const drafts = readYaml(text, refusals).flatMap((node): Draft[] => {
    if (node.kind === 'map') return [readDraft(node, context)];
    context.refuse(node.line, 'A rule must be a map of keys to values.');
    return [];
  });
  if (drafts.length === 0 && refusals.count === 0) context.refuse(1, 'The file holds no rule.');
  const rules = finish(drafts, context);
  if (refusals.count > 0) throw new RulesRefused(refusals.all());
  return rules;
}

interface Draft {
  readonly heading: Heading | null;
  readonly expression: Expression | null;
  readonly correlation: Correlation | null;
  readonly generate: boolean;
  readonly body: unknown;
}

function readDraft(map: YamlMap, context: ParseContext): Draft {
  const heading = parseHeading(map, context);
  const detection = map.entries.find(({ key }) => key === 'detection');
  const correlation = map.entries.find(({ key }) => key === 'correlation');
  const generate = map.entries.find(({ key }) => key === 'generate');
  if (detection && correlation)
    context.refuse(correlation.line, 'A rule has either a detection or a correlation.');
  if (!detection && !correlation)
    context.refuse(map.line, 'The rule has neither a detection nor a correlation.');
  if (generate && !correlation) context.refuse(generate.line, 'Only a correlation may say “generate”.');
  const fields = detection && context.map(detection);
  const joined = correlation && context.map(correlation);
  return {
    heading,
    expression: fields && detection ? parseDetection(fields, detection.line, context) : null,
    correlation: joined ? parseCorrelation(joined, context) : null,
    generate: (generate && context.flag(generate)) ?? false,
    body: [detection, correlation].map((entry) => entry && plainValue(entry.value)),
  };
}

/** Builds event rules first, then correlations, and returns both in the order of the file. */
function finish(drafts: readonly Draft[], context: ParseContext): SigmaRule[] {
  const silent = new Set(
    drafts.flatMap(({ correlation, generate }) =>
      correlation === null || generate ? [] : correlation.references.map(({ name }) => name),
    ),
  );
  const eventRules = new Map<Draft, EventRule>();
  for (const draft of drafts) {
    const rule = eventRuleOf(draft, silent);
    if (rule) eventRules.set(draft, rule);
  }
  const rules = drafts.map(
    (draft) => eventRules.get(draft) ?? correlationOf(draft, drafts, eventRules, context),
  );
  const understood = rules.filter((rule) => rule !== null);
  for (const [at, rule] of rules.entries()) assertSound(rule, drafts[at]!, understood, context);
  return understood;
}

function eventRuleOf({ heading, expression, body }: Draft, silent: ReadonlySet<string>): EventRule | null {
  if (heading === null || expression === null) return null;
  const fields = fieldsOf(expression);
  const isSilent = silent.has(heading.id ?? '') || silent.has(heading.name ?? '');
  return {
    kind: 'event',
    ...described(heading),
    fingerprint: fingerprintOf([heading.level, body]),
    needs: needsOf(fields),
    raisesHits: heading.level !== 'informational' && !isSilent,
    expression,
    fields,
  };
}

function correlationOf(
  { heading, correlation, body }: Draft,
  drafts: readonly Draft[],
  eventRules: ReadonlyMap<Draft, EventRule>,
  context: ParseContext,
): CorrelationRule | null {
  if (correlation === null) return null;
  const { references, ...rest } = correlation;
  const rules = references.flatMap(({ name, line }): EventRule[] => {
    const named = drafts.find(
      ({ heading }) => heading !== null && (heading.id === name || heading.name === name),
    );
    const rule = named && eventRules.get(named);
    // A rule that is there but was refused has its own lines in the list.
    const isRefused = named ? named.correlation === null : drafts.some(({ heading }) => heading === null);
    const reason = named ? 'is a correlation itself, which is not supported' : 'is not in this file';
    if (!rule && !isRefused) context.refuse(line, `The correlation names “${name}”, which ${reason}.`);
    return rule ? [rule] : [];
  });
  if (heading === null || rules.length < references.length) return null;
  const fields = [...rest.groupBy, ...(rest.countedField ? [rest.countedField] : [])];
  return {
    kind: 'correlation',
    ...described(heading),
    fingerprint: fingerprintOf([heading.level, body, rules.map(({ fingerprint }) => fingerprint)]),
    needs: segmentFields.filter(
      (field) => needsOf(fields).includes(field) || rules.some(({ needs }) => needs.includes(field)),
    ),
    raisesHits: heading.level !== 'informational',
    rules,
    ...rest,
  };
}

function described({ key, title, description, level, tags, falsePositives }: Heading) {
  return { key, title, description, level, tags, falsePositives };
}

function needsOf(fields: readonly RuleField[]): SegmentField[] {
  const needs = new Set(fields.map(needOf));
  return segmentFields.filter((field) => needs.has(field));
}

function fingerprintOf(parts: unknown): string {
  const text = JSON.stringify([dialect, parts]);
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 12);
}

function assertSound(
  rule: SigmaRule | null,
  draft: Draft,
  rules: readonly SigmaRule[],
  context: ParseContext,
): void {
  if (rule === null || draft.heading === null) return;
  const { line } = draft.heading;
  if (rule.raisesHits && rule.level === null)
    context.refuse(line, 'The rule has no level, and findings take their severity from it.');
  if (rules.find(({ key }) => key === rule.key) !== rule)
    context.refuse(line, `Another rule of this file is named “${rule.key}” too.`);
  if (rule.kind === 'correlation' && rule.tags.includes(privilegedTag))
    context.refuse(
      line,
      'A correlation cannot define privileged actions; only single events can be privileged.',
    );
}

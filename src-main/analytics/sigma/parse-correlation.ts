// Reads a correlation: which rules, grouped by what, within what time, how often.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { ParseContext } from './parse-context.ts';
import { readField } from './parse-field.ts';
import type { CorrelationType, CountCondition } from './rule.ts';
import type { RuleField } from './taxonomy.ts';
import type { YamlEntry, YamlMap } from './yaml-tree.ts';

export interface Correlation {
  readonly type: CorrelationType;
  /** Names or ids, and where they are written. */
  readonly references: readonly { readonly name: string; readonly line: number }[];
  readonly groupBy: readonly RuleField[];
  readonly timespanMicroseconds: number;
  readonly condition: CountCondition;
  readonly countedField: RuleField | null;
}

const types: readonly CorrelationType[] = ['event_count', 'value_count', 'temporal', 'temporal_ordered'];
const mostRules = 16;
const longestDays = 31;
const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const unsupported: Readonly<Record<string, string>> = {
  aliases: 'Aliases of field names are not supported.',
  generate: 'The key “generate” belongs beside “correlation”, not into it.',
};

/** Null when anything in it was refused. */
export function parseCorrelation(map: YamlMap, context: ParseContext): Correlation | null {
  const before = context.refusals.count;
  const entries = new Map(map.entries.map((entry) => [entry.key, entry]));
  for (const { key, line } of map.entries)
    if (!['type', 'rules', 'group-by', 'timespan', 'condition'].includes(key))
      context.refuse(line, unsupported[key] ?? `There is no key “${key.slice(0, 60)}” in a correlation.`);
  const type = readType(entries.get('type'), map.line, context);
  const references = readReferences(entries.get('rules'), map.line, context);
  const groupBy = readGroupBy(entries.get('group-by'), context);
  const timespanMicroseconds = readTimespan(entries.get('timespan'), map.line, context);
  const counted = type && readCounted(type, entries.get('condition'), references.length, map.line, context);
  if (type === null || timespanMicroseconds === null || !counted) return null;
  if (counted.condition.atMost !== null && microsecondsPerDay % timespanMicroseconds !== 0)
    context.refuse(
      entries.get('timespan')?.line ?? map.line,
      'With an upper bound, time is cut into fixed pieces from midnight UTC on, so the timespan must divide a day.',
    );
  if (context.refusals.count > before) return null;
  return { type, references, groupBy, timespanMicroseconds, ...counted };
}

function readType(entry: YamlEntry | undefined, line: number, context: ParseContext): CorrelationType | null {
  if (entry === undefined) return context.refuse(line, 'The correlation has no type.');
  const text = context.text(entry, 100);
  const type = types.find((type) => type === text);
  return type ?? context.refuse(entry.line, `The type of a correlation must be one of ${types.join(', ')}.`);
}

function readReferences(
  entry: YamlEntry | undefined,
  line: number,
  context: ParseContext,
): Correlation['references'] {
  if (entry === undefined) {
    context.refuse(line, 'The correlation names no rules.');
    return [];
  }
  const names = context.texts(entry, 100);
  if (names.length === 0) context.refuse(entry.line, 'The correlation names no rules.');
  if (names.length > mostRules)
    context.refuse(entry.line, `A correlation may name at most ${mostRules} rules.`);
  if (new Set(names).size < names.length) context.refuse(entry.line, 'The correlation names a rule twice.');
  return names.map((name) => ({ name, line: entry.line }));
}

function readGroupBy(entry: YamlEntry | undefined, context: ParseContext): RuleField[] {
  if (entry === undefined) return [];
  const fields = context.texts(entry, 200).flatMap((name) => readField(name, entry.line, context) ?? []);
  if (new Set(fields.map(({ name }) => name)).size < fields.length)
    context.refuse(entry.line, 'A field is given twice.');
  return fields;
}

function readTimespan(entry: YamlEntry | undefined, line: number, context: ParseContext): number | null {
  if (entry === undefined) return context.refuse(line, 'The correlation has no timespan.');
  const match = /^(\d{1,7})([a-zA-Z])$/.exec(context.text(entry, 100) ?? '');
  const seconds = Number(match?.[1]) * (unitSeconds[match?.[2] ?? ''] ?? NaN);
  if (seconds > 0 && seconds <= longestDays * 86_400) return seconds * 1_000_000;
  return context.refuse(
    entry.line,
    `The timespan must be a whole number and s, m, h, d or w, such as 5m, and at most ${longestDays} days.`,
  );
}

function readCounted(
  type: CorrelationType,
  entry: YamlEntry | undefined,
  ruleCount: number,
  line: number,
  context: ParseContext,
): { condition: CountCondition; countedField: RuleField | null } | null {
  if (type === 'temporal' || type === 'temporal_ordered') {
    if (entry !== undefined)
      return context.refuse(entry.line, `A condition is not supported for ${type}: every rule must match.`);
    if (ruleCount < 2) return context.refuse(line, `The type ${type} needs two rules or more.`);
    return { condition: { atLeast: ruleCount, atMost: null }, countedField: null };
  }
  const map = entry && context.map(entry);
  if (!entry) return context.refuse(line, 'The correlation has no condition.');
  if (!map) return null;
  const condition = readBounds(map, entry.line, context);
  const field = map.entries.find(({ key }) => key === 'field');
  if (type === 'event_count') {
    if (field) context.refuse(field.line, 'A field is counted by value_count, not by event_count.');
    return condition && { condition, countedField: null };
  }
  if (!field) return context.refuse(entry.line, 'The type value_count needs the field it counts.');
  const name = context.text(field, 200);
  const countedField = name === null ? null : readField(name, field.line, context);
  return condition && countedField && { condition, countedField };
}

function readBounds(map: YamlMap, line: number, context: ParseContext): CountCondition | null {
  const least: number[] = [];
  const most: number[] = [];
  for (const { key, line, value } of map.entries) {
    if (key === 'field') continue;
    const bound = value.kind === 'scalar' && typeof value.value === 'number' ? value.value : NaN;
    if (!['gt', 'gte', 'lt', 'lte', 'eq'].includes(key))
      context.refuse(line, `There is no comparison “${key.slice(0, 60)}” in the condition of a correlation.`);
    else if (!Number.isSafeInteger(bound) || bound < 0)
      context.refuse(line, `“${key}” must be a whole number.`);
    if (key === 'gt' || key === 'gte' || key === 'eq') least.push(key === 'gt' ? bound + 1 : bound);
    if (key === 'lt' || key === 'lte' || key === 'eq') most.push(key === 'lt' ? bound - 1 : bound);
  }
  if (least.length + most.length === 0) return context.refuse(line, 'The condition compares with nothing.');
  const atLeast = least.length === 0 ? null : Math.max(...least);
  const atMost = most.length === 0 ? null : Math.min(...most);
  // Only time in which something matched is looked at, so a count of zero is never seen.
  if ((atMost ?? Infinity) < Math.max(1, atLeast ?? 1))
    return context.refuse(line, 'No count of one or more can fulfil this condition.');
  return { atLeast, atMost };
}

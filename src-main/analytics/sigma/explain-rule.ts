// Says in an English sentence what a rule looks for.
import type { CorrelationRule, Expression, FieldMatch, SigmaRule, ValueTest } from './rule.ts';
import type { Pattern } from './pattern.ts';
import { assertNever } from '#shared/model/problem.ts';

const shownValues = 5;
const shownParts = 6;
const shownDepth = 4;
const shownCharacters = 60;

/** “Events where the action is “StopLogging” or begins with “Delete”, but not the outcome is “failure”.” */
export function explainRule(rule: SigmaRule): string {
  if (rule.kind === 'event') return `Events where ${sayExpression(rule.expression, 0)}.`;
  return `${sayCount(rule)} within ${sayTimespan(rule.timespanMicroseconds)}${sayGroup(rule)}.`;
}

function sayCount({ type, rules, condition, countedField }: CorrelationRule): string {
  const titles = rules.map(({ title }) => `“${title}”`);
  if (type === 'temporal') return `Matches of ${listed(titles, 'and')}, in any order,`;
  if (type === 'temporal_ordered') return `Matches of ${titles.join(', then ')}`;
  const { atLeast, atMost } = condition;
  const bounds =
    atMost === null
      ? `at least ${atLeast}`
      : atLeast === atMost
        ? `exactly ${atMost}`
        : atLeast === null
          ? `at most ${atMost}`
          : `${atLeast} to ${atMost}`;
  const counted = countedField ? `different values of ${sayName(countedField.name)} in matches` : 'matches';
  return `${capital(bounds)} ${counted} of ${listed(titles, 'or')}`;
}

function sayGroup({ groupBy }: CorrelationRule): string {
  if (groupBy.length === 0) return ', within one source account';
  return `, each with the same ${listed(
    groupBy.map(({ name }) => sayName(name)),
    'and',
  )}`;
}

/** “5 minutes”, in the largest unit that divides it. */
export function sayTimespan(microseconds: number): string {
  const seconds = microseconds / 1_000_000;
  const [size, unit] = (
    [
      [86_400, 'day'],
      [3600, 'hour'],
      [60, 'minute'],
      [1, 'second'],
    ] as const
  ).find(([size]) => seconds % size === 0) ?? [1, 'second'];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function sayExpression(expression: Expression, depth: number): string {
  if (expression.kind === 'match') return sayMatch(expression.match);
  if (depth >= shownDepth) return 'further conditions hold';
  if (expression.kind === 'not') return `it is not so that ${bracketed(expression.part, depth)}`;
  if (expression.kind === 'or') return joined(expression.parts, ' or ', depth);
  const parts = conjunctsOf(expression);
  const asked = parts.filter(({ kind }) => kind !== 'not');
  const excluded = parts.flatMap((part) => (part.kind === 'not' ? [part.part] : []));
  if (excluded.length === 0 || asked.length === 0) return joined(parts, ' and ', depth);
  return `${joined(asked, ' and ', depth)}, but not where ${joined(excluded, ' or where ', depth)}`;
}

/** The parts of an `and`, those of an `and` inside it included. */
function conjunctsOf(expression: Expression): Expression[] {
  return expression.kind === 'and' ? expression.parts.flatMap(conjunctsOf) : [expression];
}

function joined(parts: readonly Expression[], word: string, depth: number): string {
  const shown = parts.slice(0, shownParts).map((part) => bracketed(part, depth));
  const more = parts.length - shown.length;
  if (more > 0) shown.push(`${more} further conditions`);
  return shown.join(word);
}

function bracketed(expression: Expression, depth: number): string {
  const text = sayExpression(expression, depth + 1);
  return expression.kind === 'and' || expression.kind === 'or' ? `(${text})` : text;
}

function sayMatch({ field, tests, quantifier }: FieldMatch): string {
  const shown = tests.slice(0, shownValues).map(sayTest);
  const more = tests.length - shown.length;
  if (more > 0) shown.push(`${more} further values`);
  return `${sayName(field.name)} ${shown.join(quantifier === 'all' ? ' and ' : ' or ')}`;
}

/** `resource_type` is “the resource type”; keys of metadata stay as they are. */
function sayName(name: string): string {
  if (name.startsWith('metadata.')) return name;
  const words: Readonly<Record<string, string>> = {
    ip: 'address',
    resource_id: 'resource',
    session_id: 'session',
  };
  return words[name] ?? name.replaceAll('_', ' ');
}

const comparisons = { eq: 'is', gt: 'is above', gte: 'is at least', lt: 'is below', lte: 'is at most' };

function sayTest(test: ValueTest): string {
  if (test.kind === 'unknown') return 'is unknown';
  if (test.kind === 'exists') return test.expected ? 'is known' : 'is unknown';
  if (test.kind === 'number') return `${comparisons[test.comparison]} ${test.written}`;
  if (test.kind === 'network') return `is in ${test.written}`;
  if (test.kind === 'regex') return `matches /${cut(test.written)}/`;
  if (test.kind === 'pattern')
    return sayPattern(test.pattern) + (test.cased ? ' in exactly these letters' : '');
  return assertNever(test);
}

function sayPattern(pattern: Pattern): string {
  const starts = pattern[0]?.kind === 'anything';
  const ends = pattern.at(-1)?.kind === 'anything';
  if (pattern.length === 1 && starts) return 'is anything known';
  const inner = pattern.slice(starts ? 1 : 0, ends ? -1 : undefined);
  const text = cut(
    inner.map((part) => (part.kind === 'text' ? part.text : part.kind === 'anything' ? '*' : '?')).join(''),
  );
  const verb = starts && ends ? 'contains' : starts ? 'ends with' : ends ? 'begins with' : 'is';
  if (inner.every(({ kind }) => kind === 'text')) return `${verb} “${text}”`;
  return verb === 'is' ? `is like “${text}”` : `${verb} something like “${text}”`;
}

function listed(items: readonly string[], word: 'and' | 'or'): string {
  const shown = items.slice(0, shownParts);
  if (items.length > shown.length) shown.push(`${items.length - shown.length} more`);
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${word} ${shown.at(-1)}`;
}

function cut(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

// Reads one line of a selection: a field, its modifiers, and the values it is compared with.
import { isPlainNumber } from './number-test.ts';
import { parseNetwork } from './network.ts';
import { parsePattern, type Pattern } from './pattern.ts';
import { textOf, type ParseContext } from './parse-context.ts';
import type { Comparison, FieldMatch, ValueTest } from './rule.ts';
import { fieldNamed, ruleFieldNames, type RuleField } from './taxonomy.ts';
import type { YamlEntry, YamlScalar } from './yaml-tree.ts';

const operators = [
  'contains',
  'startswith',
  'endswith',
  'exists',
  're',
  'cidr',
  'gt',
  'gte',
  'lt',
  'lte',
] as const;
type Operator = (typeof operators)[number] | 'equals';
const longestValue = 1000;

interface Modifiers {
  readonly operator: Operator;
  readonly all: boolean;
  readonly cased: boolean;
  readonly regexFlags: ReadonlySet<string>;
}

/** Null when anything about the line was refused. */
export function parseFieldMatch(entry: YamlEntry, context: ParseContext): FieldMatch | null {
  const [name = '', ...words] = entry.key.split('|');
  const field = readField(name, entry.line, context);
  const modifiers = readModifiers(words, entry.line, context);
  const values = readValues(entry, context);
  if (modifiers === null || values === null) return null;
  if (modifiers.operator === 'exists' && values.length > 1)
    return context.refuse(entry.line, 'The modifier “exists” takes a single true or false.');
  if (modifiers.all && values.length === 1)
    return context.refuse(entry.line, 'The modifier “all” needs more than one value.');
  const tests = values.map((value) => readTest(value, modifiers, field, context));
  const understood = tests.filter((test) => test !== null);
  if (field === null || understood.length < tests.length) return null;
  return { field, quantifier: modifiers.all ? 'all' : 'any', tests: understood };
}

/** Refuses names outside the taxonomy. */
export function readField(name: string, line: number, context: ParseContext): RuleField | null {
  if (name === '') return context.refuse(line, 'Searching for keywords in whole events is not supported.');
  const known = ruleFieldNames.join(', ');
  return (
    fieldNamed(name) ??
    context.refuse(
      line,
      `There is no field “${name}”. Known are ${known}, and metadata.KEY for keys of metadata.`,
    )
  );
}

function readModifiers(words: readonly string[], line: number, context: ParseContext): Modifiers | null {
  const operator = words.find(isOperator) ?? 'equals';
  const flags = ['all', 'cased', ...(operator === 're' ? ['i', 'm', 's'] : [])];
  const before = context.refusals.count;
  for (const [at, word] of words.entries()) {
    if (words.indexOf(word) !== at) context.refuse(line, `The modifier “${word}” is given twice.`);
    else if (isOperator(word) && word !== operator)
      context.refuse(line, `The modifiers “${operator}” and “${word}” cannot be combined.`);
    else if (!isOperator(word) && !flags.includes(word))
      context.refuse(line, `The modifier “${word}” is not supported${word.length === 1 ? ' here' : ''}.`);
  }
  const isTextual = ['equals', 'contains', 'startswith', 'endswith'].includes(operator);
  if (words.includes('cased') && !isTextual)
    context.refuse(line, `The modifier “cased” cannot be combined with “${operator}”.`);
  if (words.includes('all') && !isTextual && operator !== 're')
    context.refuse(line, `The modifier “all” cannot be combined with “${operator}”.`);
  if (context.refusals.count > before) return null;
  return {
    operator,
    all: words.includes('all'),
    cased: words.includes('cased'),
    regexFlags: new Set(words),
  };
}

function isOperator(word: string): word is (typeof operators)[number] {
  return operators.some((operator) => operator === word);
}

function readValues({ line, value }: YamlEntry, context: ParseContext): YamlScalar[] | null {
  const nodes = value.kind === 'list' ? value.items : [value];
  if (nodes.length === 0) return context.refuse(line, 'The list of values is empty.');
  const scalars = nodes.filter((node) => node.kind === 'scalar');
  for (const node of nodes)
    if (node.kind !== 'scalar')
      context.refuse(node.line, 'A value must be text, a number, true, false or null.');
  return scalars.length === nodes.length ? scalars : null;
}

function readTest(
  value: YamlScalar,
  modifiers: Modifiers,
  field: RuleField | null,
  context: ParseContext,
): ValueTest | null {
  const { operator, cased, regexFlags } = modifiers;
  const { line } = value;
  const text = textOf(value);
  if (text.length > longestValue)
    return context.refuse(line, `The value is longer than ${longestValue} characters.`);
  if (operator === 'exists') return readExists(value, context);
  if (value.value === null)
    return operator === 'equals'
      ? { kind: 'unknown' }
      : context.refuse(line, `The modifier “${operator}” needs a value.`);
  if (isComparison(operator)) return readComparison(value, operator, context);
  if (operator === 'cidr') return readNetwork(text, line, context);
  if (operator === 're') {
    const flags = {
      ignoreCase: regexFlags.has('i'),
      multiline: regexFlags.has('m'),
      dotMatchesAll: regexFlags.has('s'),
    };
    const program = context.regex(line, text, flags);
    return program && { kind: 'regex', program, written: text };
  }
  // An unattributed event has no actor at all, which a source may print as empty text.
  if (text === '' && operator === 'equals' && field?.kind === 'actor') return { kind: 'unknown' };
  if (text === '' && operator !== 'equals')
    return context.refuse(line, `With “${operator}”, empty text would match everything.`);
  if (typeof value.value === 'number' && operator === 'equals' && !cased)
    return { kind: 'number', comparison: 'eq', value: value.value, written: text };
  return { kind: 'pattern', pattern: patternFor(operator, parsePattern(text)), cased };
}

function patternFor(operator: Operator, pattern: Pattern): Pattern {
  const anything = { kind: 'anything' } as const;
  const before = operator === 'contains' || operator === 'endswith' ? [anything] : [];
  const after = operator === 'contains' || operator === 'startswith' ? [anything] : [];
  return [...before, ...pattern, ...after];
}

function readExists(value: YamlScalar, context: ParseContext): ValueTest | null {
  const expected = context.flag({ key: 'exists', line: value.line, value });
  return expected === null ? null : { kind: 'exists', expected };
}

function isComparison(operator: Operator): operator is Comparison {
  return ['gt', 'gte', 'lt', 'lte'].includes(operator);
}

function readComparison(value: YamlScalar, comparison: Comparison, context: ParseContext): ValueTest | null {
  const written = textOf(value);
  if (typeof value.value === 'number' && isPlainNumber(written))
    return { kind: 'number', comparison, value: value.value, written };
  return context.refuse(value.line, `The modifier “${comparison}” needs a number.`);
}

function readNetwork(written: string, line: number, context: ParseContext): ValueTest | null {
  const network = parseNetwork(written);
  if (network !== null) return { kind: 'network', network, written };
  return context.refuse(
    line,
    'This is not a network such as 203.0.113.0/24 or 2001:db8::/32 with only zeros behind its prefix.',
  );
}

// Reads the detection of a rule: named selections, and the condition that joins them.
import { parseCondition, reservedNames } from './parse-condition.ts';
import type { ParseContext } from './parse-context.ts';
import { parseFieldMatch } from './parse-field.ts';
import type { Expression } from './rule.ts';
import type { RuleField } from './taxonomy.ts';
import type { YamlEntry, YamlMap, YamlNode } from './yaml-tree.ts';

const namePattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

type Selections = Map<string, { readonly line: number; readonly expression: Expression | null }>;

/** Null when anything in it was refused. @param line where the detection begins */
export function parseDetection(map: YamlMap, line: number, context: ParseContext): Expression | null {
  const before = context.refusals.count;
  const selections: Selections = new Map();
  let condition: YamlEntry | null = null;
  for (const entry of map.entries) {
    if (entry.key === 'condition') condition = entry;
    else if (entry.key === 'timeframe')
      context.refuse(entry.line, 'A timeframe belongs into a correlation, as its timespan.');
    else selections.set(entry.key, { line: entry.line, expression: readSelection(entry, context) });
  }
  const expression = readCondition(condition, line, selections, context);
  return context.refusals.count === before ? expression : null;
}

function readCondition(
  entry: YamlEntry | null,
  line: number,
  selections: Selections,
  context: ParseContext,
): Expression | null {
  if (entry === null) return context.refuse(line, 'The detection has no condition.');
  if (entry.value.kind !== 'scalar' || typeof entry.value.value !== 'string')
    return context.refuse(entry.line, 'The condition must be one text; join several with “or”.');
  return parseCondition(entry.value.value, entry.line, selections, context);
}

function readSelection({ key, line, value }: YamlEntry, context: ParseContext): Expression | null {
  if (!namePattern.test(key) || reservedNames.has(key.toLowerCase()))
    context.refuse(line, `“${key.slice(0, 60)}” cannot be the name of a selection.`);
  if (value.kind === 'list')
    return join(
      'or',
      value.items.map((item) => readFields(item, context)),
      line,
      context,
    );
  return readFields(value, context);
}

function readFields(node: YamlNode, context: ParseContext): Expression | null {
  if (node.kind !== 'map')
    return context.refuse(
      node.line,
      'Searching for keywords in whole events is not supported; name a field.',
    );
  const parts = node.entries.map((entry): Expression | null => {
    const match = parseFieldMatch(entry, context);
    return match && { kind: 'match', match };
  });
  return join('and', parts, node.line, context);
}

function join(
  kind: 'and' | 'or',
  parts: readonly (Expression | null)[],
  line: number,
  context: ParseContext,
): Expression | null {
  if (parts.length === 0) return context.refuse(line, 'The selection is empty.');
  const understood = parts.filter((part) => part !== null);
  if (understood.length < parts.length) return null;
  return understood.length === 1 ? understood[0]! : { kind, parts: understood };
}

/** Every field an expression looks at, once, in the order of the rule. */
export function fieldsOf(expression: Expression): RuleField[] {
  const fields = new Map<string, RuleField>();
  const seen = new Set<Expression>();
  const visit = (node: Expression): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'match') fields.set(node.match.field.name, node.match.field);
    else if (node.kind === 'not') visit(node.part);
    else for (const part of node.parts) visit(part);
  };
  visit(expression);
  return [...fields.values()];
}

// Reads the condition of a rule: and, or, not, brackets, “1 of x*”, “all of them”.
import type { ParseContext } from './parse-context.ts';
import { parsePattern, patternTest } from './pattern.ts';
import type { Expression } from './rule.ts';

const mostWords = 500;
const deepestNesting = 30;
const operators = new Set(['and', 'or', 'not', '(', ')', 'of']);

/** Names that cannot be told from the words of a condition. */
export const reservedNames: ReadonlySet<string> = new Set(['and', 'or', 'not', 'of', 'them', 'all', '1']);

class ConditionRefused extends Error {}

/**
 * Binds `or` least, then `and`, then `not`. `them` is every selection whose name does not begin with an underscore.
 * A selection the condition never uses is refused too: somebody believes it to be part of the rule.
 * @param selections null for a selection that was refused itself
 */
export function parseCondition(
  text: string,
  line: number,
  selections: ReadonlyMap<string, { readonly line: number; readonly expression: Expression | null }>,
  context: ParseContext,
): Expression | null {
  const words = text.match(/[()]|[^\s()]+/g) ?? [];
  if (words.length > mostWords)
    return context.refuse(line, `The condition has more than ${mostWords} words.`);
  const reader = new ConditionReader(words, selections);
  try {
    const expression = reader.readAll();
    for (const [name, selection] of selections)
      if (!reader.used.has(name)) context.refuse(selection.line, `The condition does not use “${name}”.`);
    return expression;
  } catch (error) {
    if (error instanceof ConditionRefused) return context.refuse(line, error.message);
    throw error;
  }
}

/** What a refused selection is taken for while the rest is read; the rule never runs. */
const placeholder: Expression = { kind: 'or', parts: [] };

class ConditionReader {
  readonly used = new Set<string>();
  readonly #words: readonly string[];
  readonly #selections: ReadonlyMap<string, { readonly expression: Expression | null }>;
  /** One expression for one wording, so that repeating it in the condition repeats nothing else. */
  readonly #quantified = new Map<string, Expression>();
  #at = 0;
  #depth = 0;

  constructor(
    words: readonly string[],
    selections: ReadonlyMap<string, { readonly expression: Expression | null }>,
  ) {
    this.#words = words;
    this.#selections = selections;
  }

  readAll(): Expression {
    const expression = this.#disjunction();
    const rest = this.#words[this.#at];
    if (rest === '|')
      throw new ConditionRefused('Aggregations after “|” are not supported; use a correlation.');
    if (rest !== undefined) throw new ConditionRefused(`The condition cannot go on with “${rest}”.`);
    return expression;
  }

  #take(word: string): boolean {
    if (this.#words[this.#at]?.toLowerCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  #disjunction(): Expression {
    const parts = [this.#conjunction()];
    while (this.#take('or')) parts.push(this.#conjunction());
    return parts.length === 1 ? parts[0]! : { kind: 'or', parts };
  }

  #conjunction(): Expression {
    const parts = [this.#negation()];
    while (this.#take('and')) parts.push(this.#negation());
    return parts.length === 1 ? parts[0]! : { kind: 'and', parts };
  }

  #negation(): Expression {
    this.#depth += 1;
    if (this.#depth > deepestNesting) throw new ConditionRefused('The condition is nested too deeply.');
    const expression: Expression = this.#take('not')
      ? { kind: 'not', part: this.#negation() }
      : this.#operand();
    this.#depth -= 1;
    return expression;
  }

  #operand(): Expression {
    if (this.#take('(')) {
      const inside = this.#disjunction();
      if (!this.#take(')')) throw new ConditionRefused('A bracket of the condition is not closed.');
      return inside;
    }
    const word = this.#words[this.#at++];
    if (word === undefined) throw new ConditionRefused('The condition ends where a selection is expected.');
    if (this.#take('of')) return this.#several(word.toLowerCase());
    if (operators.has(word.toLowerCase()))
      throw new ConditionRefused(`The condition has “${word}” where a selection is expected.`);
    return this.#selection(word);
  }

  #several(quantity: string): Expression {
    const target = this.#words[this.#at++];
    if (quantity !== '1' && quantity !== 'all')
      throw new ConditionRefused(`“${quantity} of” is not supported; only “1 of” and “all of” are.`);
    if (target === undefined || operators.has(target.toLowerCase()))
      throw new ConditionRefused(`“${quantity} of” must be followed by a name, a pattern or “them”.`);
    const key = `${quantity} ${target}`;
    const known = this.#quantified.get(key);
    if (known) return known;
    const isMeant =
      target.toLowerCase() === 'them'
        ? (name: string) => !name.startsWith('_')
        : patternTest(
            parsePattern(target).map((part) =>
              part.kind === 'one-character' ? { kind: 'text' as const, text: '?' } : part,
            ),
            true,
          );
    const names = [...this.#selections.keys()].filter(isMeant);
    if (names.length === 0) throw new ConditionRefused(`No selection is meant by “${target}”.`);
    const parts = names.map((name) => this.#selection(name));
    const expression: Expression =
      parts.length === 1 ? parts[0]! : { kind: quantity === '1' ? 'or' : 'and', parts };
    this.#quantified.set(key, expression);
    return expression;
  }

  #selection(name: string): Expression {
    const selection = this.#selections.get(name);
    if (!selection) throw new ConditionRefused(`The condition names “${name}”, which is not defined.`);
    this.used.add(name);
    return selection.expression ?? placeholder;
  }
}

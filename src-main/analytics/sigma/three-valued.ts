// Logic in which a part may be unknown: the whole is decided only where no value of the unknown parts could change it.
import type { Expression, FieldMatch } from './rule.ts';

/** Null when the answer depends on what is not known. */
export type Decision<Subject> = (subject: Subject) => boolean | null;

/**
 * Turns an expression into a function, cheap parts first.
 * @param leafOf the decision for one field; asked once for each
 */
export function decisionOf<Subject>(
  expression: Expression,
  leafOf: (match: FieldMatch) => Decision<Subject>,
): Decision<Subject> {
  const done = new Map<Expression, Weighed<Subject>>();
  const weigh = (node: Expression): Weighed<Subject> => {
    const known = done.get(node);
    if (known) return known;
    const weighed = combine(node, weigh, leafOf);
    done.set(node, weighed);
    return weighed;
  };
  return weigh(expression).decide;
}

interface Weighed<Subject> {
  readonly decide: Decision<Subject>;
  /** Of the dearest field inside. */
  readonly cost: number;
}

/** Who and what are free, columns are looked up, metadata is parsed. */
const costs = { action: 0, actor: 0, sourceAccount: 0, column: 1, metadata: 2 };

function combine<Subject>(
  node: Expression,
  weigh: (part: Expression) => Weighed<Subject>,
  leafOf: (match: FieldMatch) => Decision<Subject>,
): Weighed<Subject> {
  if (node.kind === 'match') return { decide: leafOf(node.match), cost: costs[node.match.field.kind] };
  if (node.kind === 'not') {
    const { decide, cost } = weigh(node.part);
    return { decide: (subject) => negated(decide(subject)), cost };
  }
  const parts = node.parts.map(weigh).toSorted((a, b) => a.cost - b.cost);
  const decisions = parts.map(({ decide }) => decide);
  // An `or` is settled by the first part that holds, an `and` by the first that does not.
  const settling = node.kind === 'or';
  const decide = (subject: Subject): boolean | null => {
    let isOpen = false;
    for (const decision of decisions) {
      const answer = decision(subject);
      if (answer === settling) return settling;
      if (answer === null) isOpen = true;
    }
    return isOpen ? null : !settling;
  };
  return { decide, cost: parts.at(-1)?.cost ?? 0 };
}

function negated(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer;
}

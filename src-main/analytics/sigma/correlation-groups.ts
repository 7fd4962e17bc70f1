// Collects the matches of a correlation's rules, group by group.
import { Dictionary } from '../history/dictionary.ts';
import type { History } from '../history/history.ts';
import type { EventReference, Segment } from '../history/segment.ts';
import { eventMatcher } from './event-matcher.ts';
import { fieldValues, metadataReader } from './field-values.ts';
import { eachStretch, type TimeRange } from './match-rule.ts';
import type { CorrelationRule } from './rule.ts';
import type { RuleField } from './taxonomy.ts';

/** The matches of one group, in time order; the lists run side by side. */
export interface Group {
  readonly sourceAccount: string;
  /** Of the fields of group-by, in their order. */
  readonly key: readonly string[];
  readonly events: EventReference[];
  readonly microseconds: number[];
  /** Bit r is set when the event matches rule r of the correlation. */
  readonly rules: number[];
  /** Numbers of the values of the counted field. */
  readonly values: (readonly number[])[];
}

/**
 * Groups never cross source accounts. An event of which a field of group-by is unknown belongs to no group; one that has several
 * values there belongs to several.
 */
export function collectGroups(
  rule: CorrelationRule,
  history: History,
): (range: TimeRange) => Iterable<Group> {
  const matchers = rule.rules.map(({ expression }) => eventMatcher(expression, history));
  return (range) => {
    const book = new GroupBook(rule, history);
    eachStretch(history, range, (segment, from, to) => {
      const masks = new Uint16Array(to - from);
      for (const [bit, matcher] of matchers.entries())
        matcher(segment, from, to, (index) => (masks[index - from]! |= 1 << bit));
      const add = book.forSegment(segment);
      for (const [offset, mask] of masks.entries()) if (mask !== 0) add(from + offset, mask);
    });
    return book.groups();
  };
}

const mostNumbers = 2 ** 26;
const sourceAccountField: RuleField = { kind: 'sourceAccount', name: 'source_account' };

/** Groups as paths of value numbers: a path is looked up by number, never by joined text. */
class GroupBook {
  readonly #history: History;
  readonly #fields: readonly RuleField[];
  readonly #countedField: RuleField | null;
  readonly #texts = new Dictionary();
  readonly #children = new Map<number, number>();
  readonly #paths: (readonly string[])[] = [[]];
  readonly #groups = new Map<number, Group>();

  constructor({ groupBy, countedField }: CorrelationRule, history: History) {
    this.#history = history;
    this.#fields = [sourceAccountField, ...groupBy];
    this.#countedField = countedField;
  }

  groups(): Iterable<Group> {
    return this.#groups.values();
  }

  forSegment(segment: Segment): (index: number, mask: number) => void {
    const metadata = metadataReader(segment);
    const readerOf = (field: RuleField) => fieldValues(this.#history, segment, field, metadata);
    const readers = this.#fields.map(readerOf);
    const counted = this.#countedField && readerOf(this.#countedField);
    return (index, mask) => {
      let paths = [0];
      for (const valuesOf of readers) {
        const values = valuesOf(index);
        paths = paths.flatMap((path) => [...new Set(values)].map((value) => this.#child(path, value)));
      }
      const numbers = counted ? [...new Set(counted(index))].map((value) => this.#texts.codeOf(value)) : [];
      for (const path of paths) {
        const group = this.#groupAt(path);
        group.events.push({ segment, index });
        group.microseconds.push(segment.microseconds[index]!);
        group.rules.push(mask);
        group.values.push(numbers);
      }
    };
  }

  #child(path: number, value: string): number {
    const key = path * mostNumbers + this.#texts.codeOf(value);
    const known = this.#children.get(key);
    if (known !== undefined) return known;
    const child = this.#paths.push([...this.#paths[path]!, value]) - 1;
    this.#children.set(key, child);
    return child;
  }

  #groupAt(path: number): Group {
    const known = this.#groups.get(path);
    if (known) return known;
    const [sourceAccount = '', ...key] = this.#paths[path]!;
    const group = { sourceAccount, key, events: [], microseconds: [], rules: [], values: [] };
    this.#groups.set(path, group);
    return group;
  }
}

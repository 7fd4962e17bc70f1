// A regular expression as a list of states, and a matcher that follows all of them at once: time is at most text × states.
import { contains, isLineEnd, isWordCharacter, type CharacterSet } from './character-set.ts';
import { parseRegex, RegexRefused, type Assertion, type RegexFlags, type RegexNode } from './regex-syntax.ts';

export type RegexState =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'split'; readonly targets: readonly number[] }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | { readonly kind: 'accept' };

/** States follow each other in the list, except that a split goes on at each of its targets. */
export interface RegexProgram {
  readonly states: readonly RegexState[];
  readonly flags: RegexFlags;
}

const mostStates = 1000;

/** @throws RegexRefused when it holds something unsupported, or would need too many states. */
export function compileRegex(source: string, flags: RegexFlags): RegexProgram {
  const writer = new ProgramWriter();
  writer.write(parseRegex(source, flags));
  return { states: writer.finish(), flags };
}

type Split = { kind: 'split'; targets: number[] };

class ProgramWriter {
  readonly #states: (Exclude<RegexState, { kind: 'split' }> | Split)[] = [];
  #steps = 0;

  finish(): RegexState[] {
    return [...this.#states, { kind: 'accept' }];
  }

  write(node: RegexNode): void {
    // Steps are counted beside states, because a repetition of nothing adds no state however often it is written out.
    this.#steps += 1;
    if (this.#states.length > mostStates || this.#steps > 10 * mostStates)
      throw new RegexRefused('The expression is too large once its repetitions are written out.');
    if (node.kind === 'set' || node.kind === 'assertion') this.#states.push(node);
    else if (node.kind === 'sequence') for (const part of node.parts) this.write(part);
    else if (node.kind === 'choice') this.#writeChoice(node.parts);
    else this.#writeRepeat(node.part, node.least, node.most);
  }

  #writeChoice(parts: readonly RegexNode[]): void {
    const start = this.#split();
    const ends = parts.map((part) => {
      start.targets.push(this.#states.length);
      this.write(part);
      return this.#split();
    });
    for (const end of ends) end.targets.push(this.#states.length);
  }

  #writeRepeat(part: RegexNode, least: number, most: number): void {
    for (let times = 0; times < least; times += 1) this.write(part);
    if (most === Infinity) {
      const place = this.#states.length;
      const loop = this.#split();
      loop.targets.push(this.#states.length);
      this.write(part);
      this.#split().targets.push(place);
      loop.targets.push(this.#states.length);
      return;
    }
    const exits: Split[] = [];
    for (let times = least; times < most; times += 1) {
      const optional = this.#split();
      optional.targets.push(this.#states.length);
      exits.push(optional);
      this.write(part);
    }
    for (const exit of exits) exit.targets.push(this.#states.length);
  }

  #split(): Split {
    const state: Split = { kind: 'split', targets: [] };
    this.#states.push(state);
    return state;
  }
}

/** Returns a test for texts: whether the expression matches anywhere in one. */
export function regexTest(program: RegexProgram): (text: string) => boolean {
  const { states, flags } = program;
  const seenAt = new Float64Array(states.length);
  let step = 0;
  return (text) => {
    let current: number[] = [];
    for (let at = 0, before = -1; ;) {
      const after = at < text.length ? text.codePointAt(at)! : -1;
      step += 1;
      const next: number[] = [];
      if (follow([...current, 0], states, flags, before, after, seenAt, step, next)) return true;
      if (after < 0) return false;
      current = next
        .filter((place) => {
          const state = states[place]!;
          return state.kind === 'set' && contains(state.set, after, flags.ignoreCase);
        })
        .map((place) => place + 1);
      at += after > 0xffff ? 2 : 1;
      before = after;
    }
  };
}

/** Goes on from the open places to every state that waits for a character; true when the expression has matched. */
function follow(
  open: number[],
  states: readonly RegexState[],
  flags: RegexFlags,
  before: number,
  after: number,
  seenAt: Float64Array,
  step: number,
  waiting: number[],
): boolean {
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (seenAt[place] === step) continue;
    seenAt[place] = step;
    const state = states[place]!;
    if (state.kind === 'accept') return true;
    if (state.kind === 'set') waiting.push(place);
    else if (state.kind === 'split') open.push(...state.targets);
    else if (holds(state.assertion, before, after, flags)) open.push(place + 1);
  }
  return false;
}

/** −1 stands for the end of the text on either side. */
function holds(assertion: Assertion, before: number, after: number, { multiline }: RegexFlags): boolean {
  if (assertion === 'start') return before < 0 || (multiline && isLineEnd(before));
  if (assertion === 'end') return after < 0 || (multiline && isLineEnd(after));
  return (isWordCharacter(before) !== isWordCharacter(after)) === (assertion === 'word-boundary');
}

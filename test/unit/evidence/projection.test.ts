import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { projectDecisions } from '../../../src-main/evidence/projection.ts';
import { chain, decisionDraft, type EntryDraft } from './sample-input.ts';

const withdraw = (decision: string, review: string): EntryDraft => ({
  id: `W-${decision}`,
  type: 'decision-withdrawn',
  subject: review,
  actor: 'alice',
  payload: { decision },
});
/** The decision in force on each review, asked one by one: the projection keeps no texts to be listed. */
function inForce(drafts: readonly EntryDraft[]): Map<string, string> {
  const projector = projectDecisions();
  for (const line of chain(drafts)) projector.add(line);
  const projection = projector.end();
  const found = new Map<string, string>();
  for (const { id, type, subject } of drafts) {
    const review = subject ?? '';
    if (type === 'decision' && projection.isInForce({ id, review })) found.set(review, id);
  }
  for (const { subject } of drafts)
    expect(projection.hasDecision(subject ?? '')).toBe(found.has(subject ?? ''));
  expect(projection.decidedReviews).toBe(found.size);
  return found;
}

test('a correction wins, and taking it back restores what it corrected', async () => {
  const first = decisionDraft('A', 'r', 'certify');
  const second = decisionDraft('B', 'r', 'revoke', { reason: 'x', supersedes: 'A' });
  expect(inForce([first, second])).toEqual(new Map([['r', 'B']]));
  expect(inForce([first, second, withdraw('B', 'r')])).toEqual(new Map([['r', 'A']]));
  expect(inForce([first, withdraw('A', 'r')])).toEqual(new Map());
});

test('the latest decision that was not taken back is in force, for every history', async () => {
  const step = fc.record({ review: fc.constantFrom('r', 's'), undo: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const drafts: EntryDraft[] = [];
      const stacks = new Map<string, string[]>([
        ['r', []],
        ['s', []],
      ]);
      for (const [index, { review, undo }] of steps.entries()) {
        const stack = stacks.get(review) ?? [];
        const top = stack.at(-1);
        if (undo && top !== undefined) drafts.push(withdraw(stack.pop() ?? '', review));
        else drafts.push(decisionDraft(`D${index}`, review, 'certify'));
        if (!(undo && top !== undefined)) stack.push(`D${index}`);
      }
      const expected = [...stacks].flatMap(([review, stack]) => {
        const top = stack.at(-1);
        return top === undefined ? [] : [[review, top] as const];
      });
      expect(inForce(drafts)).toEqual(new Map(expected));
    }),
  );
});

test.each([
  ['decides about the reviewer', [decisionDraft('A', 'r', 'certify', { actor: 'alice' })], /entry 1 /],
  ['decides as nobody', [{ ...decisionDraft('A', 'r', 'certify'), actor: '' }], /entry 1 /],
  ['speaks of another item', [{ ...decisionDraft('A', 'r', 'certify'), subject: 's' }], /entry 1 /],
  ['has no particulars', [{ id: 'A', type: 'decision', subject: 'r', actor: 'alice' }], /entry 1 /],
  ['corrects nothing', [decisionDraft('A', 'r', 'certify', { supersedes: 'Z' })], /entry 1 /],
  [
    'corrects another item',
    [decisionDraft('A', 'r', 'certify'), decisionDraft('B', 's', 'certify', { supersedes: 'A' })],
    /entry 2 /,
  ],
  ['uses an id again', [decisionDraft('A', 'r', 'certify'), decisionDraft('A', 'r', 'revoke')], /entry 2 /],
  ['takes back nothing', [withdraw('A', 'r')], /entry 1 /],
  ['takes back for another item', [decisionDraft('A', 'r', 'certify'), withdraw('A', 's')], /entry 2 /],
] satisfies [string, EntryDraft[], RegExp][])('a ledger that %s is refused', async (_, drafts, message) => {
  expect(() => inForce(drafts)).toThrow(message);
});

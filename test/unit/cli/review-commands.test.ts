// What the command line says beside the JSON: no invented times, and what stands in the way of sending.
import { describe, expect, test } from 'vitest';
import type { CommandContext, Outcome } from '../../../src-main/shell/cli/command.ts';
import { conflictCommands } from '../../../src-main/shell/cli/conflict-commands.ts';
import { reviewCommands } from '../../../src-main/shell/cli/review-commands.ts';
import { sourceCommands } from '../../../src-main/shell/cli/source-commands.ts';

const edge = '2255-06-05T23:47:34.740991Z';
const review = {
  id: 'a',
  dueAt: edge,
  dueText: 'infinity',
  server: { reviewer: 'otto', reviewedAt: edge, notes: null, reviewedText: '-infinity' },
};

type Command = (typeof reviewCommands)[string];

async function run(command: Command | undefined, call: unknown, positionals: string[] = []) {
  const warnings: string[] = [];
  const context = {
    positionals,
    values: {},
    call: () => Promise.resolve(call),
    warn: (sentence: string) => warnings.push(sentence),
  };
  const outcome: Outcome = await command!.run(context as unknown as CommandContext);
  return { ...outcome, warnings };
}

describe('times that no clock shows', () => {
  test('are printed as the database writes them, in lists and in the detail', async () => {
    const list = await run(reviewCommands['reviews'], {
      reviews: { list: () => Promise.resolve([review, { ...review, id: 'b', dueText: '', server: null }]) },
    });
    expect(list.text).toMatch(/infinity/);
    expect(list.text).toMatch(/no time/);
    const detail = await run(
      reviewCommands['review'],
      { reviews: { get: () => Promise.resolve({ review, decisions: [], history: [] }) } },
      ['a'],
    );
    expect(detail.text).toMatch(/dueAt +infinity/);
    expect(detail.text).toContain('"reviewedAt":"-infinity"');
    const conflict = {
      kind: 'review',
      review: 'a',
      standing: 'open',
      cause: 'decided-first',
      item: review,
      ours: { decision: 'certify' },
      theirs: { ...review.server, decision: null },
    };
    const found = { open: 1, closed: 0, corroborations: 0, conflicts: [conflict] };
    const conflicts = await run(conflictCommands['conflicts'], {
      conflicts: { list: () => Promise.resolve(found) },
    });
    expect(conflicts.text).toMatch(/-infinity/);
    expect(`${list.text}${detail.text}${conflicts.text}`).not.toContain('2255');
  });
});

describe('what stands in the way', () => {
  test('is said by status: an empty mirror, and reviewers whom the column cannot hold', async () => {
    const status = (json: object) =>
      run(sourceCommands['status'], { workspace: { status: () => Promise.resolve(json) } });
    expect((await status({ decided: 0 })).warnings).toEqual([]);
    expect((await status({ decided: 0, mirrorEmpty: true })).warnings).toEqual([
      expect.stringMatching(/countersign refresh/),
    ]);
    expect((await status({ cannotLeave: ['It does not fit.'] })).warnings).toEqual(['! It does not fit.']);
  });
});

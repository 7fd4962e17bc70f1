// What is said about a pack on the command line, before it is exported.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../../../src-main/shell/cli/command.ts';
import { particularsIn } from '../../../src-main/shell/cli/pack-particulars.ts';
import { externalAuditor } from '../../../src-shared/model/redaction.ts';
import { temporaryFolder } from '../../support/workspace.ts';

test('nothing said is nothing asked for', () => {
  expect(particularsIn({})).toEqual({
    retention: undefined,
    sampling: undefined,
    campaigns: undefined,
    redact: undefined,
  });
});

test('a sample by custom, or by rates, with a size and a seed of one’s own', () => {
  const judged = particularsIn({ sample: 'weekly', size: '9', reason: 'asked for', seed: 's' });
  expect(judged.sampling).toEqual({
    method: { kind: 'judgemental', frequency: 'weekly', reason: 'asked for' },
    seed: 's',
    size: 9,
  });
  expect(particularsIn({ confidence: '0.9', tolerable: '0.1' }).sampling).toEqual({
    method: {
      kind: 'attribute',
      confidence: 0.9,
      tolerableRate: 0.1,
      allowedDeviations: 0,
      model: 'hypergeometric',
    },
    seed: null,
    size: null,
  });
});

test('campaigns are named one by one, or all, or none', () => {
  expect(particularsIn({ campaign: ['a', 'b'] }).campaigns).toEqual({
    choice: 'chosen',
    campaigns: ['a', 'b'],
  });
  expect(particularsIn({ 'all-campaigns': true }).campaigns).toEqual({ choice: 'all' });
  expect(particularsIn({ 'no-campaigns': true }).campaigns).toEqual({ choice: 'none' });
});

test.each([
  [{ campaign: ['a'], 'no-campaigns': true }, /do not go together/],
  [{ seed: 's' }, /--seed goes with --sample/],
  [{ size: '3' }, /--size goes with --sample/],
  [{ sample: 'hourly' }, /--sample/],
  [{ sample: 'weekly', confidence: '0.9' }, /--sample F, or --confidence/],
  [{ confidence: '0.9' }, /--tolerable/],
  [{ sample: 'weekly', seed: 'ü' }, /printable ASCII/],
  [{ profile: 'x.json' }, /--profile goes with --redact/],
])('%j is a mistake in the command', (values, said) => {
  expect(() => particularsIn(values)).toThrow(UsageError);
  expect(() => particularsIn(values)).toThrow(said);
});

test('the redaction is the usual one, or that of a file', () => {
  expect(particularsIn({ redact: true }).redact).toEqual(externalAuditor);
  const file = join(temporaryFolder(), 'profile.json');
  const own = { ...externalAuditor, name: 'ours', freeText: true };
  writeFileSync(file, JSON.stringify(own));
  expect(particularsIn({ redact: true, profile: file }).redact).toEqual(own);
  writeFileSync(file, '{}');
  expect(() => particularsIn({ redact: true, profile: file })).toThrow(
    /cannot be read as a redaction profile/,
  );
});

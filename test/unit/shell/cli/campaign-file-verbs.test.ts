// Stages as people count them: what is printed can be given back as --stage.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileToWrite } from '../../../../src-main/shell/cli/file-to-write.ts';
import { temporaryFolder } from '../../../support/workspace.ts';
import { conflictRows, withStage } from '../../../../src-main/shell/cli/campaign-file-verbs.ts';

test('stages are printed from 1, and none stays none', () => {
  expect(withStage({ stage: 0, kind: 'taken-up' })).toEqual({ stage: 1, kind: 'taken-up' });
  expect(withStage({ stage: null })).toEqual({ stage: null });
});

test('of an open conflict nothing stands, and the one the policy would take is told', () => {
  const opinion = (decision: string, stands: boolean) => ({
    decision,
    kind: 'certify' as const,
    reason: null,
    reviewer: 'rita',
    reviewerName: 'Rita',
    ofRecord: 'rita',
    decidedAt: '2026-11-19T08:00:00.000Z',
    importedFrom: null,
    opened: [],
    dwellMs: null,
    stands,
  });
  const conflict = {
    item: 'a',
    stage: 0,
    subject: 'eve',
    entitlement: 'reader',
    resource: null,
    opinions: [opinion('1', true), opinion('2', false)],
    closing: null,
  };
  const standing = (one: Parameters<typeof conflictRows>[0]) => conflictRows(one).map((row) => row.standing);
  expect(standing(conflict)).toEqual(['the policy would take this one', null]);
  const closing = { stands: '1', note: 'n', by: 'olga', byName: 'Olga', at: '2026-11-19T09:00:00.000Z' };
  expect(standing({ ...conflict, closing })).toEqual(['stands', null]);
});

test('a file that is there is written over only where that was said', () => {
  const path = join(temporaryFolder(), 'a.zip');
  expect(fileToWrite(path, {})).toBe(path);
  writeFileSync(path, 'here');
  expect(() => fileToWrite(path, {})).toThrow(/already\. No file was written/);
  expect(fileToWrite(path, { replace: true })).toBe(path);
});

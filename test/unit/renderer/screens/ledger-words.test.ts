// What the ledger screen says in words, and the command it prints.
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerEntryTypes } from '../../../../src-shared/model/evidence.ts';
import type { LedgerVerification } from '../../../../src-shared/model/ledger.ts';
import {
  kindWords,
  rebuildWords,
  restoreCommand,
  shellWord,
  verificationWords,
} from '../../../../src-renderer/screens/ledger/ledger-words.ts';
import { publicationSentence } from '../../../../src-renderer/screens/settings/publication-words.ts';
import { emptyRightsDraft, readRightsDraft } from '../../../../src-renderer/screens/settings/rights-draft.ts';

const verification = (of: Partial<LedgerVerification> = {}): LedgerVerification => ({
  ok: true,
  entries: 12,
  firstBad: null,
  checkpoints: 0,
  newestCheckpoint: null,
  summary: 'Entry 4 is not what was hashed.',
  ...of,
});

describe('the checks', () => {
  it('say that it holds, and what it was compared with', () => {
    expect(verificationWords(verification())).toMatchObject({ tone: 'good', text: /no checkpoint yet/ });
    expect(verificationWords(verification({ checkpoints: 1 })).text).toBe(
      '1 checkpoint agrees with the entries before.',
    );
  });

  it('say from where on it does not', () => {
    const bad = verification({ ok: false, entries: 3, firstBad: { seq: 4, fault: 'hash', detail: '' } });
    expect(verificationWords(bad)).toMatchObject({
      tone: 'danger',
      title: expect.stringContaining('from entry 4 on'),
    });
  });

  it('say where the state differs from what the entries add up to', () => {
    expect(rebuildWords({ ok: true, entries: 2, difference: null }).tone).toBe('good');
    const difference = { path: 'reviewer.name', inUse: 'Mona', rebuilt: 'Rita' };
    expect(rebuildWords({ ok: false, entries: 2, difference })).toMatchObject({
      tone: 'danger',
      title: expect.stringContaining('reviewer.name'),
      text: expect.stringContaining('Mona'),
    });
  });
});

describe('kindWords', () => {
  it('names every kind', () => {
    expect(ledgerEntryTypes.map(kindWords).filter((words) => words === '')).toEqual([]);
  });
});

describe('restoreCommand', () => {
  it('quotes what a shell would take apart', () => {
    expect(restoreCommand('/home/rita/audit', '/b/ledger.sqlite')).toBe(
      'countersign --workspace /home/rita/audit restore /b/ledger.sqlite',
    );
    expect(restoreCommand('/my files', 'a')).toBe("countersign --workspace '/my files' restore a");
  });

  it('hands every path to the program to the letter', () => {
    const path = fc.string({
      minLength: 1,
      unit: fc.constantFrom('a', 'b', ' ', '/', "'", '"', '$', '`', '\\', '*', ';', 'é'),
    });
    fc.assert(
      fc.property(path, (text) => {
        expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`]).toString()).toBe(text);
      }),
      { numRuns: 25 },
    );
  });
});

describe('the settings', () => {
  it('ask for a table only where no connection names one', () => {
    const draft = { ...emptyRightsDraft, reviewerRole: 'reviewers' };
    expect(readRightsDraft(emptyRightsDraft, true)).toBeNull();
    expect(readRightsDraft(draft, false)).toBeNull();
    expect(readRightsDraft(draft, true)).toEqual({
      reviewerRole: 'reviewers',
      withInsert: false,
      withAnomalies: false,
    });
    expect(readRightsDraft({ ...draft, table: 'audit.log' }, false)).toMatchObject({
      schema: 'audit',
      table: 'log',
    });
    expect(readRightsDraft({ ...draft, table: 'log', readerRole: 'r' }, false)).toMatchObject({
      table: 'log',
      readerRole: 'r',
    });
    expect(readRightsDraft({ ...draft, table: 'audit.' }, false)).toBeNull();
  });

  it('say what publishing does before it is on, and when nothing waits', () => {
    expect(publicationSentence({ isOn: false, waiting: 3 })).toMatch(/^Findings stay in this workspace/);
    expect(publicationSentence({ isOn: true, waiting: 0 })).toMatch(/has been published\.$/);
    expect(publicationSentence({ isOn: true, waiting: 1 })).toMatch(/^With the next sync/);
  });
});

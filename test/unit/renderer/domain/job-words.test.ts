// Jobs announce themselves in sentences, and a failure keeps the sentence it came with.
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../../src-shared/model/workspace.ts';
import {
  endingWords,
  fileName,
  progressShare,
  progressWords,
} from '../../../../src-renderer/domain/job-words.ts';

const job: Job = {
  id: '1',
  kind: 'refresh',
  state: 'running',
  step: 'Reading events',
  done: 12_000,
  total: 150_000,
  unit: 'events',
  perSecond: 41_234.5,
  remainingMs: 3400,
  startedAt: '2026-11-16T12:00:00.000Z',
  endedAt: null,
  problem: null,
  result: null,
};

const report = {
  pulled: 130,
  duplicates: 10,
  events: 150,
  unattributed: 0,
  findings: 3,
  newFindings: 1,
  changedFindings: 0,
  reviews: 2,
  evaluated: 5,
  learning: 0,
  vanished: 0,
  asOf: '2026-11-16T12:00:00.000Z',
  ms: 12,
};

const sync = { applied: 0, alreadyMine: 0, superseded: 0, changed: 0, notVisible: 0, rejected: 0, items: [] };

describe('progressWords', () => {
  it('says how far, how fast and how long', () => {
    expect(progressWords(job)).toBe('12,000 of 150,000 events · 41,235 events/s · 3 s left');
  });

  it('leaves out what is not known', () => {
    expect(progressWords({ ...job, total: null, perSecond: null, remainingMs: null })).toBe('12,000 events');
    expect(progressWords({ ...job, done: 0, total: 0, perSecond: null, remainingMs: null })).toBe('');
  });

  it('has no share without a total, and never more than all', () => {
    expect(progressShare({ ...job, total: null })).toBeNull();
    expect(progressShare({ ...job, total: 0 })).toBeNull();
    expect(progressShare({ ...job, done: 200_000 })).toBe(1);
  });
});

describe('endingWords', () => {
  it('counts only what is new', () => {
    const ending = endingWords({ ...job, state: 'done', result: report });
    expect(ending.message).toBe('Refresh finished: 120 new events, 1 new finding.');
  });

  it('does not pass for good news what is otherwise than it was left', () => {
    const queue = {
      appeared: 2,
      appearedDecided: 1,
      reappeared: 0,
      decidedHere: 1,
      decidedElsewhere: 2,
      reopened: 2,
      decisionAltered: 0,
      changed: 0,
      vanished: 3,
    };
    const ended = (result: object) => endingWords({ ...job, state: 'done', result });
    expect(ended({ ...report, queue })).toMatchObject({
      tone: 'warning',
      message:
        'Refresh finished: 120 new events, 1 new finding. But not everything is as it was: 3 items are gone from the queue of the database, 2 are open again although they were decided and 1 review item was decided elsewhere.',
    });
    expect(ended({ ...report, vanished: 4 }).message).toMatch(/4 events read before are no longer/);
    const calm = { ...queue, decidedElsewhere: 1, reopened: 0, vanished: 0 };
    expect(ended({ ...report, queue: calm }).tone).toBe('good');
  });

  it('is glad about a re-check only where every right is gone', () => {
    const result = (item: string, state: string | null) => ({
      item,
      subject: 'eve',
      entitlement: 'reader',
      resource: null,
      state,
      because: 'read',
    });
    const ipe = {
      query: '',
      parameters: [],
      role: null,
      serverTime: null,
      snapshot: null,
      rows: 0,
      countedRows: 0,
      items: 0,
      minKey: null,
      maxKey: null,
      sha256: 'a'.repeat(64),
      keysSha256: 'b'.repeat(64),
      excluded: [],
    };
    const ended = (results: object[]) =>
      endingWords({
        ...job,
        kind: 'campaign',
        state: 'done',
        result: { campaign: 'c', number: 1, ipe, results },
      });
    expect(ended([result('a', 'verified-removed'), result('b', null)])).toMatchObject({
      tone: 'warning',
      message: 'The re-check shows 1 of 2 rights gone; its results name the others.',
    });
    expect(ended([result('a', 'verified-removed'), result('b', 'verified-removed')])).toMatchObject({
      tone: 'good',
      message: 'The re-check shows that all 2 rights are gone.',
    });
  });

  it('does not claim that all arrived when some did not', () => {
    const sent = { ...job, kind: 'sync' as const, state: 'done' as const };
    expect(endingWords({ ...sent, result: { ...sync, sent: 2, applied: 1, alreadyMine: 1 } }).message).toBe(
      '2 decisions sent, and all arrived.',
    );
    expect(endingWords({ ...sent, result: { ...sync, sent: 2, applied: 1, superseded: 1 } }).message).toBe(
      '2 decisions sent, 1 arrived. The report lists the others.',
    );
    expect(endingWords({ ...sent, result: { ...sync, sent: 0 } }).message).toBe(
      'Nothing was waiting to be sent.',
    );
  });

  it('keeps the sentence of a failure', () => {
    const problem = {
      code: 'locked' as const,
      message: 'The key stays closed.',
      next: 'Try the other passphrase.',
    };
    expect(endingWords({ ...job, state: 'failed', problem })).toEqual({
      tone: 'danger',
      message: 'The key stays closed.',
      next: 'Try the other passphrase.',
    });
  });

  it('takes a cancellation for what it is', () => {
    expect(endingWords({ ...job, state: 'cancelled' }).tone).toBe('neutral');
  });
});

describe('fileName', () => {
  it('cuts paths of both kinds', () => {
    expect(fileName('/a/b/c.zip')).toBe('c.zip');
    expect(fileName('C:\\packs\\c.zip')).toBe('c.zip');
  });
});

// The pure rules of the smaller screens.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { signerDoubts, verdicts } from '../../../../src-shared/model/evidence.ts';
import type { Finding } from '../../../../src-shared/model/finding.ts';
import { checkMarkOf } from '../../../../src-renderer/domain/check-marks.ts';
import { headlineOf, verdictWords } from '../../../../src-renderer/domain/verdict-words.ts';
import { verifyCommands } from '../../../../src-renderer/screens/evidence/verify-commands.ts';
import { findingList } from '../../../../src-renderer/screens/findings/finding-rules.ts';
import { nextSteps } from '../../../../src-renderer/screens/overview/next-steps.ts';
import { actionChange, parseActions } from '../../../../src-renderer/screens/settings/action-list.ts';
import { readThemeChoice, resolveTheme } from '../../../../src-renderer/state/theme.ts';

describe('findingList', () => {
  const evidence = {
    mean: 0,
    sd: 0,
    deviationUsed: 1,
    sdFloorUsed: true,
    n: 672,
    activeHours: 9,
    highest: 1,
    baselineStart: '2026-10-01T00:00:00.000Z',
    baselineEnd: '2026-10-29T00:00:00.000Z',
    methodVersion: 'z3/1',
  };
  const finding = (id: string, of: Partial<Finding>): Finding => ({
    id,
    version: 1,
    detector: 'z3',
    methodVersion: 'z3/1',
    sourceAccount: 'primary',
    actor: 'u',
    actorName: null,
    entity: { kind: 'actor', value: 'u' },
    action: 'a',
    start: '2026-11-01T00:00:00.000Z',
    end: '2026-11-01T01:00:00.000Z',
    count: 5,
    score: 4,
    threshold: 3,
    severity: 'medium',
    explanation: '',
    explanationParts: {
      what: '',
      expected: null,
      unusual: '',
      comparedWith: null,
      alsoSeen: null,
      confidence: null,
      method: '',
      wouldChange: null,
    },
    eventIds: [],
    evidence,
    foundAt: '2026-11-02T00:00:00.000Z',
    disposition: null,
    dispositionNote: null,
    disposedAt: null,
    disposedBy: null,
    suppressedBy: null,
    blindCheck: false,
    ...of,
  });

  it('ranks by severity, then score, then the later hour', () => {
    const list = findingList(
      [
        finding('low-score', { score: 3.5 }),
        finding('older', {}),
        finding('newer', { start: '2026-11-05T00:00:00.000Z' }),
        finding('critical', { severity: 'critical', score: 8 }),
      ],
      'all',
    );
    expect(list.map(({ id }) => id)).toEqual(['critical', 'newer', 'older', 'low-score']);
  });

  it('takes a finding without a disposition for open', () => {
    const items = [finding('open', {}), finding('done', { disposition: 'escalated' })];
    expect(findingList(items, 'open').map(({ id }) => id)).toEqual(['open']);
    expect(findingList(items, 'escalated').map(({ id }) => id)).toEqual(['done']);
  });
});

describe('nextSteps', () => {
  const calm = {
    overdue: 0,
    queueDepth: 0,
    openFindings: 0,
    findingsBySeverity: [],
    unsent: 0,
    decided: 0,
    decisionsInForce: 0,
    awaitingSecond: 0,
    conflicts: 0,
    closedConflicts: 0,
    lastRefresh: null,
  };

  it('starts with what is late, and suggests evidence only when all is sent', () => {
    const busy = { ...calm, overdue: 1, queueDepth: 4, openFindings: 2, unsent: 3, decided: 5, conflicts: 1 };
    expect(nextSteps(busy).map(({ id }) => id)).toEqual([
      'refresh',
      'overdue',
      'findings',
      'conflicts',
      'send',
    ]);
    expect(nextSteps({ ...calm, decided: 5 }).map(({ id }) => id)).toEqual(['refresh', 'export']);
    expect(nextSteps({ ...calm, conflicts: 1, closedConflicts: 2 })[1]?.words).toBe(
      '1 decision of ours differs from the audit database. 2 more were looked at and closed.',
    );
    expect(nextSteps({ ...calm, queueDepth: 1 }).at(-1)?.words).toBe('1 review item waits for a decision.');
    expect(nextSteps({ ...calm, decided: 5, decisionsInForce: 10 }).at(-1)?.words).toBe(
      '10 decisions in force can go into a signed evidence pack.',
    );
  });
});

describe('privileged actions', () => {
  it('reads one a line, without blanks and repetitions, and tells the change', () => {
    const after = parseActions(' role_grant \n\nexport.all\nrole_grant');
    expect(after).toEqual(['role_grant', 'export.all']);
    expect(actionChange(['role_grant', 'gdpr_delete'], after)).toEqual({
      added: ['export.all'],
      removed: ['gdpr_delete'],
    });
  });
});

describe('verdictWords', () => {
  it('promises trust for one verdict only', () => {
    const good = verdicts.filter((verdict) => verdictWords[verdict].tone === 'good');
    expect(good).toEqual(['trusted']);
    for (const verdict of verdicts) expect(JSON.stringify(verdictWords[verdict])).not.toMatch(/\bvalid\b/i);
  });
});

describe('headlineOf', () => {
  const signer = { identity: null, fingerprint: 'SHA256:x', pinned: false };

  it('tells apart why nobody vouches for the key, and gives no advice that does not help', () => {
    const titles = signerDoubts.map((doubt) => {
      const words = headlineOf({ verdict: 'unpinned', signers: [{ ...signer, doubt }] });
      if (doubt !== 'unlisted') expect(words.meaning).not.toContain('or compare the key with its owner');
      return words.title;
    });
    expect(new Set(titles).size).toBe(signerDoubts.length);
  });

  it('takes the gravest of several doubts, and none where all signers are known', () => {
    const [listed, expired, revoked] = [
      { ...signer, pinned: true },
      { ...signer, doubt: 'expired' as const },
      { ...signer, doubt: 'revoked' as const },
    ];
    expect(headlineOf({ verdict: 'unpinned', signers: [expired, revoked] }).title).toMatch(/revoked/);
    expect(headlineOf({ verdict: 'unpinned', signers: [listed, expired] }).title).toMatch(/expired/);
    expect(headlineOf({ verdict: 'unpinned', signers: [listed] })).toEqual(verdictWords.unpinned);
  });

  it('is no plain trust where the report or anything else stayed unchecked', () => {
    const trusted = { verdict: 'trusted' as const, signers: [] };
    expect(headlineOf({ ...trusted, report: 'drawn-again' })).toEqual(verdictWords.trusted);
    expect(headlineOf({ ...trusted, report: 'only-facts', reservations: ['x'] }).title).toMatch(/report not/);
    expect(headlineOf({ ...trusted, report: 'drawn-again', reservations: ['x'] }).tone).toBe('warning');
  });
});

describe('checkMarkOf', () => {
  it('marks what was not reached otherwise than what failed', () => {
    const detail = 'Not checked, because “contents” failed.';
    expect(checkMarkOf({ name: 'report', ok: false, detail })).toBe('unreached');
    expect(checkMarkOf({ name: 'report', ok: false, detail: 'It lies.' })).toBe('failed');
    expect(checkMarkOf({ name: 'timestamps', ok: true, detail: '' }, ['timestamps'])).toBe('open');
    expect(checkMarkOf({ name: 'report', ok: true, detail })).toBe('passed');
  });
});

describe('verifyCommands', () => {
  const sha256 = 'a'.repeat(64);

  it('is a script a POSIX-like shell accepts', () => {
    const script = verifyCommands({ name: 'PACK-a.zip', sha256, identity: 'r@example.org' });
    execFileSync('bash', ['-n', '-c', script]);
  });

  it('cannot be broken by the name of a signer', () => {
    const identity = `x'; touch /tmp/owned; '$(id)`;
    const line = verifyCommands({ name: 'p.zip', sha256, identity })
      .split('\n')
      .find((text) => text.includes('-I'));
    const quoted = / -I (.*) \\$/.exec(line ?? '')?.[1] ?? '';
    expect(execFileSync('bash', ['-c', `printf %s ${quoted}`], { encoding: 'utf8' })).toBe(identity);
  });
});

describe('theme', () => {
  it('follows the system until a choice is made, and ignores what it does not know', () => {
    expect(readThemeChoice('purple')).toBe('system');
    expect(readThemeChoice('dark')).toBe('dark');
    expect(resolveTheme('system', true)).toBe('dark');
    expect(resolveTheme('light', true)).toBe('light');
  });
});

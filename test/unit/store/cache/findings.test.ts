import { describe, expect, test } from 'vitest';
import Database from 'better-sqlite3';
import {
  readFinding,
  readFindings,
  readFindingVersions,
  readNewestResults,
} from '../../../../src-main/store/cache/findings.ts';
import { claimMirror } from '../../../../src-main/store/cache/mirror.ts';
import { cacheMigrations } from '../../../../src-main/store/cache/schema.ts';
import { migrate } from '../../../../src-main/store/migrate.ts';
import { hourUs, insertFinding, startUs } from '../../review/insert-finding.ts';

const through = (version: number) => cacheMigrations.filter((step) => step.version <= version);

function openCache(version = Infinity) {
  const cache = new Database(':memory:');
  cache.pragma('foreign_keys = ON');
  migrate(cache, through(version), () => {});
  return cache;
}

const explanationOf = (count: number) => ({
  what: `document.read ${count} times by dana, on Mon 5 Oct 2026, 15:00–16:00 UTC.`,
  expected: 'Usually 0.5 an hour.',
  unusual: `S = ${count}.`,
  comparedWith: null,
  alsoSeen: null,
  confidence: null,
  method: 'nb/1: by “hour”\n\u0001.',
  wouldChange: null,
});

const countPatterns = 'SELECT count(*) AS patterns FROM finding_pattern';

describe('findings in the file', () => {
  test('read back word for word, however many share a pattern', () => {
    const cache = openCache();
    for (let count = 1; count <= 20; count += 1) {
      const evidence = { surprise: count / 3, from: '2026-10-05T15:00:00.000Z', by: ['dana', null, true] };
      insertFinding(cache, `f${count}`, { count, evidence, explanationParts: explanationOf(count) });
    }
    for (let count = 1; count <= 20; count += 1) {
      const found = readFinding(cache, `f${count}`)!;
      expect(found.explanationParts).toEqual(explanationOf(count));
      expect(found.evidence).toEqual({
        surprise: count / 3,
        from: '2026-10-05T15:00:00.000Z',
        by: ['dana', null, true],
      });
    }
    expect(cache.prepare(countPatterns).get()).toEqual({ patterns: 1 });
    expect(readFindings(cache)).toHaveLength(20);
    expect(readNewestResults(cache, 'nb', startUs, startUs + hourUs)).toHaveLength(20);
    expect(readFindingVersions(cache, 'f3')).toHaveLength(1);
  });

  test('a batch that is rolled back takes its patterns with it, and later ones do not rely on them', () => {
    const cache = openCache();
    expect(() =>
      cache.transaction(() => {
        insertFinding(cache, 'a');
        throw new Error('broken');
      })(),
    ).toThrow('broken');
    insertFinding(cache, 'b');
    expect(readFindings(cache).map(({ id }) => id)).toEqual(['b']);
  });

  test('patterns leave with the source they were written for', () => {
    const cache = openCache();
    claimMirror(cache, 'one');
    insertFinding(cache, 'a');
    claimMirror(cache, 'two');
    expect(cache.prepare(countPatterns).get()).toEqual({ patterns: 0 });
    insertFinding(cache, 'a');
    expect(readFinding(cache, 'a')?.evidence).toEqual({ surprise: 4 });
  });

  test('what an earlier release found reads as it did', () => {
    const cache = openCache(30);
    const explanation = explanationOf(7);
    cache
      .prepare(
        `INSERT INTO finding_version VALUES ('old', 1, 1, 'nb', 'nb/1', 'primary', 'dana', 'actor', 'dana', 'document.read', ?, ?, 7, 4, 2.87,
           'medium', ?, '{"surprise":4}', ?, 0)`,
      )
      .run(startUs, startUs + hourUs, JSON.stringify(explanation), Buffer.from('\0["e1"]'));
    migrate(cache, cacheMigrations, () => {});
    expect(readFinding(cache, 'old')).toMatchObject({
      count: 7,
      explanationParts: explanation,
      evidence: { surprise: 4 },
      eventIds: ['e1'],
    });
    insertFinding(cache, 'new');
    expect(readFindings(cache)).toHaveLength(2);
  });

  test('a pattern or blanks that a disk changed are damage, and never another text', () => {
    const cache = openCache();
    insertFinding(cache, 'a');
    cache.exec("UPDATE finding_version SET blanks = '1'");
    expect(() => readFinding(cache, 'a')).toThrow(/damaged/);
    cache.pragma('foreign_keys = OFF');
    cache.exec('DELETE FROM finding_pattern');
    expect(() => readFindings(cache)).toThrow(/damaged/);
  });
});

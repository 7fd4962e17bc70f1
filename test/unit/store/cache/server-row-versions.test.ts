// What each pull showed can be told from the versions, they never change, and a late reading undoes nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../../src-main/evidence/entry-hash.ts';
import { claimMirror, mirrorGuard } from '../../../../src-main/store/cache/mirror.ts';
import { cacheMigrations } from '../../../../src-main/store/cache/schema.ts';
import {
  mirrorQueue,
  newestPull,
  readServerReviews,
  type ServerReviewRow,
} from '../../../../src-main/store/cache/server-reviews.ts';
import { readRowVersions } from '../../../../src-main/store/cache/server-row-versions.ts';
import { openDatabase, type DatabaseHandle } from '../../../../src-main/store/database.ts';
import { migrate } from '../../../../src-main/store/migrate.ts';
import { openCache, temporaryFolder } from '../../../support/workspace.ts';

const row = (id: string, changes: Partial<ServerReviewRow> = {}): ServerReviewRow => ({
  id,
  tenantId: null,
  auditLogId: null,
  action: 'role_grant',
  actorId: 'dana',
  dueAtMicroseconds: 5,
  reviewerId: null,
  reviewedAtMicroseconds: null,
  notes: null,
  ...changes,
});

function emptyMirror(): DatabaseHandle {
  const cache = openCache();
  claimMirror(cache, 'test');
  return cache;
}

const pull = (cache: DatabaseHandle, rows: ServerReviewRow[], readAtMicroseconds?: number) =>
  mirrorQueue(
    cache,
    { rows, ...(readAtMicroseconds !== undefined && { readAtMicroseconds }) },
    mirrorGuard(cache),
  );

const anyRow = (id: string) =>
  fc
    .record({
      tenantId: fc.option(fc.constantFrom('t', 'u')),
      action: fc.constantFrom('', 'role_grant', '[rv1 ]'),
      dueAtMicroseconds: fc.constantFrom(Number.MIN_SAFE_INTEGER, 0, Number.MAX_SAFE_INTEGER),
      reviewerId: fc.option(fc.constantFrom('otto', 'OTTO')),
      reviewedAtMicroseconds: fc.option(fc.constantFrom(0, Number.MAX_SAFE_INTEGER)),
      notes: fc.option(fc.constantFrom('', '\u202e', 'x'.repeat(1000))),
      isOdd: fc.boolean(),
    })
    .map(({ isOdd, ...changes }) =>
      row(id, { ...changes, ...(isOdd && { identityFault: 'shared' as const, dueText: 'infinity' }) }),
    );

/** Any subset of four rows, each with any values. */
const reading = fc
  .tuple(...['a', 'b', 'c', 'd'].map((id) => fc.option(anyRow(id))))
  .map((rows) => rows.filter((item) => item !== null));

describe('versions', () => {
  test('give back exactly what every pull showed, and name exactly what differed', () => {
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 8 }), (readings) => {
        const cache = emptyMirror();
        const before = new Map<string, ServerReviewRow>();
        for (const [index, rows] of readings.entries()) {
          const { pull: number, changes } = pull(cache, rows, index)!;
          const now = new Map(rows.map((item) => [item.id, item]));
          const differing = ['a', 'b', 'c', 'd'].filter(
            (id) => canonical(before.get(id)) !== canonical(now.get(id)),
          );
          expect(changes.map(({ id }) => id).toSorted()).toEqual(differing);
          expect(readServerReviews(cache).toSorted(byId)).toEqual(rows.toSorted(byId));
          for (const id of differing)
            expect(readRowVersions(cache, id).at(-1)).toEqual({
              pull: number,
              readAtMicroseconds: index,
              row: now.get(id) ?? null,
            });
          before.clear();
          for (const item of rows) before.set(item.id, item);
        }
        for (const [index, rows] of readings.entries()) {
          const shown = ['a', 'b', 'c', 'd'].flatMap((id) => {
            const versions = readRowVersions(cache, id);
            return versions.findLast(({ readAtMicroseconds: at }) => at! <= index)?.row ?? [];
          });
          expect(shown).toEqual(rows);
        }
        cache.close();
      }),
      { numRuns: 60 },
    );
  });

  test('a row that comes back is told from one that was never there, and from one that changed', () => {
    const cache = emptyMirror();
    pull(cache, [row('a'), row('b')]);
    pull(cache, [row('b', { action: 'gdpr_delete' })]);
    const { changes } = pull(cache, [row('a', { notes: 'back' }), row('b'), row('c')])!;
    expect(changes).toEqual([
      { id: 'a', before: row('a'), after: row('a', { notes: 'back' }), isReturning: true },
      { id: 'b', before: row('b', { action: 'gdpr_delete' }), after: row('b'), isReturning: false },
      { id: 'c', before: null, after: row('c'), isReturning: false },
    ]);
  });

  test('cannot be changed or deleted, and go with the source they came from', () => {
    const cache = emptyMirror();
    pull(cache, [row('a')]);
    expect(() => cache.exec("UPDATE server_row_version SET notes = 'x'")).toThrow(/does not change/);
    expect(() => cache.exec('DELETE FROM server_row_version')).toThrow(/does not change/);
    const first = newestPull(cache);
    claimMirror(cache, 'another');
    expect(readRowVersions(cache, 'a')).toEqual([]);
    expect(pull(cache, [])!.pull).toBeGreaterThan(first);
  });

  test('a reading that began before another pull and read an earlier state does not undo it', () => {
    const cache = emptyMirror();
    pull(cache, [row('a')], 10);
    const began = newestPull(cache);
    const decided = row('a', { reviewerId: 'otto', reviewedAtMicroseconds: 15 });
    pull(cache, [decided], 20);
    const late = { rows: [row('a')], readAtMicroseconds: 12 };
    expect(mirrorQueue(cache, late, mirrorGuard(cache), began)).toBeNull();
    expect(readServerReviews(cache)).toEqual([decided]);
    // A server whose clock was set back is believed all the same, as long as no other pull came in between.
    expect(mirrorQueue(cache, late, mirrorGuard(cache), newestPull(cache))?.changes).toHaveLength(1);
  });

  test('an existing mirror starts with what it holds', () => {
    const database = openDatabase(`${temporaryFolder()}/cache.sqlite`, 'cache');
    migrate(
      database,
      cacheMigrations.filter(({ version }) => version < 33),
      () => {},
    );
    database.exec(`INSERT INTO source_state (one, identity, has_review_table) VALUES (1, 'test', 1);
      INSERT INTO server_review (id, action, due_us) VALUES ('a', 'role_grant', 5)`);
    migrate(database, cacheMigrations, () => {});
    expect(readRowVersions(database, 'a')).toEqual([
      { pull: 1, readAtMicroseconds: null, row: row('a', { actorId: null }) },
    ]);
    expect(pull(database, [row('a', { actorId: null })])!.changes).toEqual([]);
    database.close();
  });
});

function canonical(item: ServerReviewRow | undefined) {
  return item && canonicalJson(item);
}

function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : 1;
}

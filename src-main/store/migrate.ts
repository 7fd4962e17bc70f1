// Brings a database file to the newest schema: ordered, one transaction a step, never backwards, edited history refused.
import { createHash } from 'node:crypto';
import { Problem } from '#shared/model/problem.ts';
import type { DatabaseHandle } from './database.ts';
import { rows } from './query.ts';

export type Migration = { readonly version: number; readonly name: string; readonly sql: string };

/**
 * Applies the missing migrations. `backup` runs once before the first step on a database that already holds data.
 * @throws Problem `store-newer` when the file was written by a later release; nothing is changed then.
 */
export function migrate(
  database: DatabaseHandle,
  migrations: readonly Migration[],
  backup: () => void,
): void {
  assertOrdered(migrations);
  assertReadable(database, migrations);
  const current = userVersion(database);
  const missing = migrations.filter((migration) => migration.version > current);
  if (current > 0 && missing.length > 0) backup();
  for (const migration of missing) apply(database, migration);
}

/** @throws Problem `store-newer` or `store-damaged` when this release must not touch the file. Only reads. */
export function assertReadable(database: DatabaseHandle, migrations: readonly Migration[]): void {
  assertNotNewer(database, migrations);
  if (userVersion(database) > 0) assertHistory(database, migrations);
}

/** @throws Problem `store-newer` */
export function assertNotNewer(database: DatabaseHandle, migrations: readonly Migration[]): void {
  if (userVersion(database) > (migrations.at(-1)?.version ?? 0)) {
    throw new Problem(
      'store-newer',
      'This workspace was last opened by a newer version of Countersign. It was not changed.',
      {
        next: 'Update Countersign on this computer, then open the workspace again.',
      },
    );
  }
}

function apply(database: DatabaseHandle, migration: Migration): void {
  database
    .transaction(() => {
      // Another process may have migrated between our look and our lock.
      if (userVersion(database) >= migration.version) return;
      database.exec(
        'CREATE TABLE IF NOT EXISTS schema_migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL) STRICT',
      );
      database.exec(migration.sql);
      database
        .prepare('INSERT INTO schema_migration (version, name, sha256) VALUES (?, ?, ?)')
        .run(migration.version, migration.name, digest(migration));
      database.pragma(`user_version = ${migration.version}`);
    })
    .immediate();
}

function assertHistory(database: DatabaseHandle, migrations: readonly Migration[]): void {
  const applied = rows<{ version: number; sha256: string }>(
    database,
    'SELECT version, sha256 FROM schema_migration',
  );
  const byVersion = new Map(migrations.map((migration) => [migration.version, digest(migration)]));
  for (const step of applied) {
    if (byVersion.get(step.version) !== step.sha256) {
      throw new Problem(
        'store-damaged',
        'This workspace was created by a different build of Countersign. It was not changed.',
        {
          next: 'Open it with the release that created it.',
        },
      );
    }
  }
}

function assertOrdered(migrations: readonly Migration[]): void {
  for (const [index, migration] of migrations.entries()) {
    const previous = migrations[index - 1];
    if (previous && previous.version >= migration.version) throw new Error('Migrations are out of order.');
  }
}

function userVersion(database: DatabaseHandle): number {
  return Number(database.pragma('user_version', { simple: true }));
}

function digest(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex');
}

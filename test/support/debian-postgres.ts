// A throw-away PostgreSQL 15 from Debian's own packages, where a machine has them.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findServerAccount } from '../../src-main/sample/account.ts';
import { findFreePort } from '../../src-main/sample/free-port.ts';
import { makeOpenFolder } from '../../src-main/sample/cluster.ts';
import { TestPostgres } from './postgres.ts';

const programs = '/usr/lib/postgresql/15/bin';
const settings = ['fsync=off', 'max_connections=60', 'shared_buffers=32MB', 'timezone=UTC'];

export const hasDebianPostgres = existsSync(join(programs, 'postgres'));

/** Like `startPostgres`; always `stop()` it. */
export async function startDebianPostgres(): Promise<TestPostgres> {
  const folder = await makeOpenFolder('countersign-test-postgres-');
  const account = await findServerAccount();
  const data = join(folder, 'data');
  const binaries = { initdb: join(programs, 'initdb'), postgres: join(programs, 'postgres') };
  const postgres = new TestPostgres({ account, binaries, data }, await findFreePort(), settings);
  try {
    const passwordFile = join(folder, 'password');
    await mkdir(data, { mode: 0o700 });
    await writeFile(passwordFile, `${postgres.password}\n`, { mode: 0o600 });
    if (account) for (const path of [data, passwordFile]) await chown(path, account.uid, account.gid);
    const options = ['--encoding=UTF8', '--no-locale', '--auth=scram-sha-256', `--username=${postgres.user}`];
    await promisify(execFile)(binaries.initdb, [`--pgdata=${data}`, ...options, `--pwfile=${passwordFile}`], {
      ...account,
      env: {},
      cwd: data,
    });
    await rm(passwordFile);
    await postgres.startServerOnSomePort();
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

// Opening a session: every way it can fail has its own sentence, and an open one is read-only and fixed.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '#shared/model/problem.ts';
import { closeSource, connectSource, describeTls } from '../../../src-main/source/client.ts';
import { ask } from '../../../src-main/source/query.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { createAuditDatabase, eventTable, patience, type AuditDatabase } from './audit-database.ts';
import { problemOf } from '../../unit/source/problem-of.ts';

let postgres: TestPostgres;
let audit: AuditDatabase;

beforeAll(async () => {
  postgres = await startPostgres();
  audit = await createAuditDatabase(postgres, eventTable);
});
afterAll(async () => {
  await audit?.close();
  await postgres?.stop();
});

/** What must never be said: where, as whom, and with which secret. */
function leaks(problem: Problem): string[] {
  const said = `${problem.message} ${problem.next}`;
  return [audit.user, audit.password, audit.database, '127.0.0.1', String(postgres.port), 'SELECT '].filter(
    (part) => said.includes(part),
  );
}

async function connectFails(
  overrides: object,
  password = audit.password,
  options = patience,
): Promise<Problem> {
  const problem = await problemOf(connectSource(audit.profile(overrides), password, options));
  expect(leaks(problem)).toEqual([]);
  expect(problem.next).toBeTruthy();
  return problem;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('an open session', () => {
  it('is read-only, in UTC, bounded in time and named after the program', async () => {
    const client = await audit.open({}, { sourceAccount: 'branch' });
    const names = [
      'default_transaction_read_only',
      'TimeZone',
      'statement_timeout',
      'application_name',
      'app.source_account_id',
      'search_path',
      'DateStyle',
      'row_security',
    ];
    const rows = await ask<{ name: string; value: string }>(client, {
      text: 'SELECT name, current_setting(name) AS value FROM unnest($1::text[]) AS name',
      values: [names],
    });
    expect(Object.fromEntries(rows.map(({ name, value }) => [name, value]))).toEqual({
      default_transaction_read_only: 'on',
      TimeZone: 'UTC',
      statement_timeout: '30s',
      application_name: 'countersign',
      'app.source_account_id': 'branch',
      search_path: 'pg_catalog, public, pg_temp',
      DateStyle: 'ISO, YMD',
      row_security: 'on',
    });
    expect(describeTls(client)).toBe('off');
  });

  it('asks for the account “primary” when none is given', async () => {
    const client = await audit.open();
    const text = "SELECT current_setting('app.source_account_id') AS account";
    expect(await ask(client, { text, values: [] })).toEqual([{ account: 'primary' }]);
  });

  it('refuses writes when it is for reading, and allows them when it is for writing', async () => {
    const text = 'CREATE TEMP TABLE scratch (a int)';
    const problem = await problemOf(ask(await audit.open(), { text, values: [] }));
    expect(problem.code).toBe('refused');
    await ask(await audit.open({ purpose: 'write' }), { text, values: [] });
  });

  it('stops a statement that takes too long', async () => {
    const client = await audit.open({ statementTimeoutMs: 50 });
    const problem = await problemOf(ask(client, { text: 'SELECT pg_sleep(20)', values: [] }));
    expect(problem.message).toMatch(/longer than allowed/);
  });

  it('stops at once when the person asks, also while the server is busy', async () => {
    const client = await audit.open();
    const controller = new AbortController();
    const query = ask(client, { text: 'SELECT pg_sleep(20)', values: [] }, controller.signal);
    controller.abort();
    expect((await problemOf(query)).code).toBe('cancelled');
  });

  it('survives being cut off, and the next query says so', async () => {
    const client = await audit.open();
    const [row] = await ask<{ pid: number }>(client, { text: 'SELECT pg_backend_pid() AS pid', values: [] });
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    await postgres.query('SELECT pg_terminate_backend($1)', [row?.pid]);
    await ended;
    const problem = await problemOf(ask(client, { text: 'SELECT 1', values: [] }));
    expect(problem.code).toBe('source-unreachable');
    expect(problem.message).toMatch(/connection .* broke/);
    await closeSource(client);
  });
});

describe('a session that cannot be opened', () => {
  it.each([
    ['wrong password', {}, 'nonsense', 'source-denied', /password/],
    ['no password', {}, '', 'source-denied', /asks for a password and none was given/],
    ['no such database', { database: 'nowhere' }, undefined, 'source-missing', /no database of this name/],
    ['wrong host', { host: 'no-such-host.invalid' }, undefined, 'source-unreachable', /name of the server/],
    ['refused', { port: 1 }, undefined, 'source-unreachable', /refused/],
    ['no TLS', { tls: 'verify' }, undefined, 'source-tls', /does not offer TLS/],
  ] as const)('%s', async (_, overrides, password, code, sentence) => {
    const problem = await connectFails(overrides, password ?? audit.password);
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(sentence);
  });

  it('no such user', async () => {
    // Only without a password does the server say so; with one it answers as for a wrong password.
    const trusting = await startPostgres();
    try {
      await trusting.query("COPY (SELECT 'host all all 127.0.0.1/32 trust') TO PROGRAM 'cat > pg_hba.conf'");
      await trusting.query('SELECT pg_reload_conf()');
      const problem = await connectFails({ port: trusting.port, user: 'nobody', database: 'postgres' });
      expect(problem.code).toBe('source-denied');
      expect(problem.message).toMatch(/no such user/);
    } finally {
      await trusting.stop();
    }
  });

  it('a server that accepts and never answers', async () => {
    const silent = createServer();
    const port = await listening(silent);
    const problem = await connectFails({ port }, '', { ...patience, connectTimeoutMs: 200 });
    silent.close();
    expect(problem.message).toMatch(/did not answer in time/);
  });

  it('a server that hangs up', async () => {
    const rude = createServer((socket) => socket.destroy());
    const port = await listening(rude);
    const problem = await connectFails({ port });
    rude.close();
    expect(problem.code).toBe('source-unreachable');
  });

  it('given up by the person', async () => {
    const silent = createServer();
    const controller = new AbortController();
    silent.on('connection', () => controller.abort());
    const port = await listening(silent);
    const problem = await connectFails({ port }, '', { ...patience, signal: controller.signal });
    silent.close();
    expect(problem.code).toBe('cancelled');
  });

  it('too many connections', async () => {
    await audit.admin(`ALTER ROLE "${audit.user}" CONNECTION LIMIT 0`);
    const problem = await connectFails({});
    await audit.admin(`ALTER ROLE "${audit.user}" CONNECTION LIMIT -1`);
    expect(problem.message).toMatch(/no free connection/);
  });

  it('a stopped server', async () => {
    const outage = await startPostgres();
    const port = outage.port;
    await outage.stopServer();
    expect((await connectFails({ port })).code).toBe('source-unreachable');
    await outage.stop();
  });

  it('a CA file that is missing or holds no certificate', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-ca-'));
    const caFile = join(folder, 'ca.pem');
    expect((await connectFails({ tls: 'verify', caFile })).code).toBe('file-unreadable');
    await writeFile(caFile, 'not a certificate');
    expect((await connectFails({ tls: 'verify', caFile })).code).toBe('file-unreadable');
    await rm(folder, { recursive: true });
  });
});

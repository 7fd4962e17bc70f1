import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LaunchFailure } from '../../../src-main/sample/cluster.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres({ databases: ['first'], postgresFlags: ['-c', 'work_mem=3MB', 'jit=off'] });
});
afterAll(() => postgres.stop());

describe('a PostgreSQL server of our own', () => {
  it('is version 18, with the settings and databases asked for', async () => {
    const [row] = await postgres.query<{ version: number; memory: string; jit: string }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS version,
              current_setting('work_mem') AS memory, current_setting('jit') AS jit`,
      [],
      'first',
    );
    expect(row).toEqual({ version: 18, memory: '3MB', jit: 'off' });
  });

  it('sorts text by code point and keeps every letter, whatever the locale here', async () => {
    const rows = await postgres.query<{ text: string }>(
      "SELECT text FROM unnest('{b,Ä,a,B}'::text[]) text ORDER BY text",
    );
    expect(rows.map((row) => row.text)).toEqual(['B', 'a', 'b', 'Ä']);
    expect(await postgres.query("SELECT lower('ÄÖ') AS lower")).toEqual([{ lower: 'äö' }]);
  });

  it('asks for the password and knows a wrong one', async () => {
    const wrong = new Client({
      connectionString: postgres.url('postgres', { user: 'postgres', password: 'guess' }),
    });
    await expect(wrong.connect()).rejects.toMatchObject({ code: '28P01' });
  });

  it('listens on the loopback address only, and keeps nothing of our environment', async () => {
    const [row] = await postgres.query<{ addresses: string; sockets: string; pid: number }>(
      `SELECT current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets,
              pg_backend_pid() AS pid`,
    );
    expect(row).toMatchObject({ addresses: '127.0.0.1', sockets: '' });
    expect(await readFile(`/proc/${row?.pid}/environ`, 'utf8').catch(() => '')).not.toContain('HOME=');
  });

  it.each(['fast', 'crash'] as const)(
    'goes away (%s) and comes back on the same port with its data',
    async (how) => {
      const { port } = postgres;
      await postgres.query(`CREATE TABLE kept_${how} AS SELECT 42 AS answer`);
      const open = new Client({ connectionString: postgres.adminUrl });
      const broken = new Promise<void>((resolve) => open.on('error', () => resolve()));
      await open.connect();
      await postgres.stopServer(how);
      await broken;
      await expect(postgres.query('SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await postgres.startServer();
      expect(postgres.port).toBe(port);
      expect(await postgres.query(`SELECT answer FROM kept_${how}`)).toEqual([{ answer: 42 }]);
    },
  );

  it('says why it did not start', async () => {
    const failing = startPostgres({ postgresFlags: ['shared_buffers=none'] });
    await expect(failing).rejects.toBeInstanceOf(LaunchFailure);
    await expect(failing).rejects.toMatchObject({
      log: expect.stringContaining('shared_buffers') as unknown,
    });
  });
});

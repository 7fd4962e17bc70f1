// A throw-away PostgreSQL 18 on a loopback port, for tests that need the real thing.
import type { ChildProcess } from 'node:child_process';
import { chown, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client, escapeIdentifier, type QueryResult, type QueryResultRow } from 'pg';
import { findServerAccount } from '../../src-main/sample/account.ts';
import { findBinaries } from '../../src-main/sample/binaries.ts';
import { createCluster, launchServer, makeOpenFolder, type Cluster } from '../../src-main/sample/cluster.ts';
import { findFreePort } from '../../src-main/sample/free-port.ts';
import { copyContents, madeOnce } from './made-once.ts';

export interface PostgresOptions {
  /** Server settings: `ssl=on`, or as the command line writes them, `-c`, `ssl=on`. */
  postgresFlags?: string[];
  /** Databases to create beside `postgres`. */
  databases?: string[];
  /** Files put into the data folder, readable by the server alone: `ssl_key_file=server.key` finds `server.key`. */
  files?: Record<string, string>;
  /** Made anew, and so with a system identifier of its own; the others of a test run are copies of one. */
  madeAnew?: boolean;
}

export interface Login {
  user: string;
  password: string;
  /** Replaces `sslmode=disable`. */
  parameters?: string;
}

const superuser: Login = { user: 'postgres', password: 'a test password / with ? signs' };
const quickSettings = ['fsync=off', 'max_connections=60', 'shared_buffers=32MB', 'timezone=UTC'];

async function prepare(folder: string, { files = {}, madeAnew = false }: PostgresOptions): Promise<Cluster> {
  const account = await findServerAccount();
  const cluster = { account, binaries: await findBinaries(account, folder), data: join(folder, 'data') };
  const create = (data: string) => createCluster({ ...cluster, data }, superuser.user, superuser.password);
  const original = madeAnew ? null : await madeOnce('cluster', (made) => create(join(made, 'data')));
  if (original === null) await create(cluster.data);
  else await copyContents(original, folder);
  for (const [name, content] of Object.entries(files)) {
    const path = join(cluster.data, name);
    await writeFile(path, content, { mode: 0o600 });
    if (account) await chown(path, account.uid, account.gid);
  }
  return cluster;
}

export class TestPostgres {
  readonly host = '127.0.0.1';
  readonly user = superuser.user;
  readonly password = superuser.password;
  readonly dataFolder: string;
  readonly logFile: string;
  #port: number;
  #server: ChildProcess | null = null;
  readonly #cluster: Cluster;
  readonly #settings: string[];
  readonly #killWithUs = (): void => void this.#server?.kill('SIGQUIT');

  constructor(cluster: Cluster, port: number, settings: string[]) {
    this.#cluster = cluster;
    this.#port = port;
    this.#settings = settings;
    this.dataFolder = cluster.data;
    this.logFile = join(dirname(cluster.data), 'server.log');
    process.on('exit', this.#killWithUs);
  }

  get port(): number {
    return this.#port;
  }

  /** The superuser in database `postgres`, without TLS. */
  get adminUrl(): string {
    return this.url('postgres');
  }

  /** A connection string; the superuser's unless another login is given. */
  url(database: string, login: Login = superuser): string {
    const credentials = `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}`;
    return `postgresql://${credentials}@${this.host}:${this.#port}/${database}?${login.parameters ?? 'sslmode=disable'}`;
  }

  /** Runs SQL as superuser and answers the rows of its last statement. */
  async query<Row extends QueryResultRow>(
    sql: string,
    parameters?: unknown[],
    database = 'postgres',
  ): Promise<Row[]> {
    const client = new Client({ connectionString: this.url(database) });
    await client.connect();
    try {
      const answer: QueryResult<Row> | QueryResult<Row>[] = await client.query<Row>(sql, parameters);
      return [answer].flat().at(-1)?.rows ?? [];
    } finally {
      await client.end();
    }
  }

  /** Answers the superuser's connection string to the new database. */
  async createDatabase(name: string): Promise<string> {
    await this.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
    return this.url(name);
  }

  /** After `stopServer`: the same data on the same port. */
  async startServer(): Promise<void> {
    const options = { settings: this.#settings, logFile: this.logFile, detached: false, timeoutMs: 60_000 };
    this.#server = await launchServer(this.#cluster, { ...options, port: this.#port });
  }

  /** For the first start: another process may take the port between its choice and the start. */
  async startServerOnSomePort(): Promise<void> {
    await this.startServer().catch(async () => {
      this.#port = await findFreePort();
      await this.startServer();
    });
  }

  /** An outage: open connections break and new ones are refused. */
  async stopServer(how: 'fast' | 'crash' = 'fast'): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    server.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await gone;
  }

  /** Stops the server and deletes its data. */
  async stop(): Promise<void> {
    process.off('exit', this.#killWithUs);
    await this.stopServer();
    await rm(dirname(this.dataFolder), { recursive: true, force: true });
  }
}

/** Starts a server nobody else uses. Always `stop()` it, also when a test failed. */
export async function startPostgres(options: PostgresOptions = {}): Promise<TestPostgres> {
  const flags = (options.postgresFlags ?? []).filter((flag) => flag !== '-c');
  const folder = await makeOpenFolder('countersign-test-postgres-');
  const cluster = await prepare(folder, options);
  const postgres = new TestPostgres(cluster, await findFreePort(), [...quickSettings, ...flags]);
  try {
    await postgres.startServerOnSomePort();
    for (const name of options.databases ?? []) await postgres.createDatabase(name);
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

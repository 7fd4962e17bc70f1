// One PostgreSQL data folder: created, served on a loopback port, and stopped.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ServerAccount } from './account.ts';
import type { Binaries } from './binaries.ts';
import { readLockFile } from './lock-file.ts';
import { ignoring } from './system-error.ts';

const run = promisify(execFile);
const pollMs = 20;

/** Nothing of our environment: not its locale, not its PostgreSQL settings, and no secret a door may have been given. */
function inChild(account: ServerAccount): { uid?: number; gid?: number; env: NodeJS.ProcessEnv } {
  return { ...account, env: {} };
}

export interface Cluster {
  binaries: Binaries;
  account: ServerAccount;
  /** The data folder; the account owns it. */
  data: string;
}

/**
 * Creates the data folder with one superuser. Text is UTF-8 and sorts by code point everywhere, whatever the
 * locale of this computer; passwords are asked for with SCRAM.
 */
export async function createCluster(cluster: Cluster, superuser: string, password: string): Promise<void> {
  const { account, data } = cluster;
  await mkdir(data, { recursive: true, mode: 0o700 });
  const secrets = await mkdtemp(join(tmpdir(), 'countersign-'));
  try {
    const passwordFile = join(secrets, 'password');
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    for (const path of account ? [data, passwordFile, secrets] : []) {
      await chown(path, account?.uid ?? -1, account?.gid ?? -1);
    }
    const options = [
      '--encoding=UTF8',
      '--no-locale',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ];
    const security = ['--auth=scram-sha-256', `--username=${superuser}`, `--pwfile=${passwordFile}`];
    await run(cluster.binaries.initdb, [`--pgdata=${data}`, ...options, ...security], {
      ...inChild(account),
      cwd: data,
    });
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
}

export interface LaunchOptions {
  port: number;
  /** Server settings, `name=value`. */
  settings: string[];
  logFile: string;
  /** True: the server outlives this process. False: it shares the terminal's signals with it. */
  detached: boolean;
  timeoutMs: number;
}

/** A server that ended before it could answer; `log` is what it wrote. */
export class LaunchFailure extends Error {
  readonly log: string;

  constructor(log: string) {
    super('The database server did not start.');
    this.name = 'LaunchFailure';
    this.log = log;
  }
}

async function spawnServer(cluster: Cluster, options: LaunchOptions): Promise<ChildProcess> {
  const loopback = ['listen_addresses=127.0.0.1', 'unix_socket_directories='];
  const settings = [...loopback, ...options.settings].flatMap((setting) => ['-c', setting]);
  const log = await open(options.logFile, 'a', 0o600);
  try {
    const server = spawn(
      cluster.binaries.postgres,
      ['-D', cluster.data, '-p', `${options.port}`, ...settings],
      {
        ...inChild(cluster.account),
        cwd: dirname(cluster.data),
        detached: options.detached,
        stdio: ['ignore', log.fd, log.fd],
      },
    );
    await new Promise<void>((resolve, reject) => server.once('spawn', resolve).once('error', reject));
    return server;
  } finally {
    await log.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(ignoring('ENOENT')))?.size ?? 0;
}

async function failure(logFile: string, start: number): Promise<LaunchFailure> {
  return new LaunchFailure((await readFile(logFile)).subarray(start).toString('utf8').slice(-4000));
}

/**
 * Starts the server and waits until it accepts connections.
 * @throws LaunchFailure when it ends first or is not ready in time
 */
export async function launchServer(cluster: Cluster, options: LaunchOptions): Promise<ChildProcess> {
  const logStart = await sizeOf(options.logFile);
  const server = await spawnServer(cluster, options);
  for (let waitedMs = 0; waitedMs < options.timeoutMs; waitedMs += pollMs) {
    if (server.exitCode !== null || server.signalCode !== null)
      throw await failure(options.logFile, logStart);
    const lock = await readLockFile(cluster.data);
    if (lock?.pid === server.pid && lock?.ready) return server;
    await sleep(pollMs);
  }
  server.kill('SIGINT');
  throw await failure(options.logFile, logStart);
}

/** Makes a folder whose parent is open to every account, for servers that may not enter ours. */
export async function makeOpenFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  await chmod(folder, 0o711);
  return folder;
}

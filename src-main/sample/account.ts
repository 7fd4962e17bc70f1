// The operating-system account a database server runs as: PostgreSQL refuses to run as root.
import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { Problem } from '#shared/model/problem.ts';

/** Null means the account of this process, which is an ordinary one. */
export type ServerAccount = { uid: number; gid: number } | null;

const run = promisify(execFile);
const name = 'postgres';

async function numberOf(flag: '-u' | '-g'): Promise<number> {
  const { stdout } = await run('id', [flag, name]);
  return Number.parseInt(stdout, 10);
}

async function createAccount(): Promise<void> {
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', name]);
  } catch (cause) {
    throw new Problem(
      'refused',
      'The sample database cannot run as root, and no account could be made for it.',
      {
        next: `Start Countersign as an ordinary user, or create an account named ${name}.`,
        cause,
      },
    );
  }
}

/**
 * The account to start a server with; makes one when root has none to offer.
 * @throws Problem `refused`
 */
export async function findServerAccount(): Promise<ServerAccount> {
  if (userInfo().uid !== 0) return null;
  await numberOf('-u').catch(createAccount);
  const [uid, gid] = await Promise.all([numberOf('-u'), numberOf('-g')]);
  return { uid, gid };
}

/** Whether the account may enter a folder, or execute a file, with every folder above it. */
export async function canEnter(account: ServerAccount, path: string): Promise<boolean> {
  if (account === null) return true;
  return await run('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { ...account, cwd: '/' }).then(
    () => true,
    (error: { code?: unknown }) => {
      if (error.code === 1) return false;
      throw error;
    },
  );
}

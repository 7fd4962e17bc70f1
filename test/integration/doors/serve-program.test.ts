import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tokenHeader } from '../../../src-main/shell/http/token.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-serve-'));
  await promisify(execFile)(process.execPath, [join(root, 'scripts', 'build-if-stale.mjs'), 'renderer']);
});
afterAll(() => rm(folder, { recursive: true }));

function start(parameters: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(root, 'src-main', 'serve.ts'), ...parameters], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]: unknown[]) => code);
  const opened = Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => {
      throw new Error(`It ended before it opened: ${stderr}`);
    }),
  ]);
  opened.catch(() => undefined);
  return { child, opened, ended, stdout: () => stdout, stderr: () => stderr };
}

const addressLine = /^http:\/\/127\.0\.0\.1:(\d+)\/#token=([A-Za-z0-9_-]{43})\n$/;

describe('src-main/serve.ts', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'prints one line, answers for its workspace, and closes in order on %s',
    async (signal) => {
      const workspace = join(folder, `workspace-${signal}`);
      const door = start(['--workspace', workspace]);
      await door.opened;
      const [, port, token = ''] = addressLine.exec(door.stdout()) ?? [];
      const status = await fetch(`http://127.0.0.1:${port}/api/status`, {
        headers: { [tokenHeader]: token },
      });
      expect(await status.json()).toMatchObject({ workspace, version: '0.1.0', connection: null });
      expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toContain('<title>');
      door.child.kill(signal);
      expect(await door.ended).toBe(0);
      expect(door.stdout()).toMatch(addressLine);
      expect(door.stderr()).toBe('');
      // SQLite removes its journal only when the database is closed.
      expect((await readdir(workspace)).filter((name) => name.endsWith('-wal'))).toEqual([]);
    },
  );

  it('takes the workspace of the environment and the port of the command line', async () => {
    const first = start([], { COUNTERSIGN_WORKSPACE: join(folder, 'from-environment') });
    await first.opened;
    expect((await stat(join(folder, 'from-environment', 'ledger.sqlite'))).isFile()).toBe(true);
    const [, port = ''] = addressLine.exec(first.stdout()) ?? [];
    const second = start(['--port', port, '--workspace', join(folder, 'second')]);
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toContain(`could not open port ${port}`);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  it.each([
    [['--nonsense'], 'parameters it does not know'],
    [['extra'], 'parameters it does not know'],
    [['--port', 'many'], 'A port is a whole number'],
    [['--port', '70000'], 'A port is a whole number'],
    [['--workspace'], 'parameters it does not know'],
  ])('refuses %j with a sentence and exit code 2', async (parameters, sentence) => {
    const door = start(parameters);
    expect(await door.ended).toBe(2);
    expect(door.stdout()).toBe('');
    expect(door.stderr()).toContain(sentence);
    expect(door.stderr()).not.toMatch(/\n {4}at /);
  });

  it('refuses a workspace that cannot be one, with a sentence', async () => {
    await writeFile(join(folder, 'file'), '');
    const door = start(['--workspace', join(folder, 'file', 'below')]);
    expect(await door.ended).toBe(1);
    expect(door.stderr()).toContain('The workspace folder cannot be created.');
  });
});

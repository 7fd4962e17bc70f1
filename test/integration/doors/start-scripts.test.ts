import { spawn } from 'node:child_process';
import { chmod, copyFile, cp, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { writeFolder } from './open-small-door.ts';

const scripts = fileURLToPath(new URL('../../../scripts/', import.meta.url));
const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';
let project: string;
let node: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'countersign-start-'));
  await chmod(project, 0o755);
  for (const name of ['ensure-installed.mjs', 'start.mjs', 'build-if-stale.mjs'])
    await cp(join(scripts, name), join(project, 'scripts', name));
  node = process.execPath;
});
afterEach(() => rm(project, { recursive: true }));

type Outcome = { code: number | null; stdout: string; stderr: string };
type RunOptions = { parameters?: string[]; environment?: Record<string, string>; isPerson?: boolean };

function run(script: string, { parameters = [], environment = {}, isPerson = false }: RunOptions = {}) {
  const child = spawn(node, [join(project, 'scripts', script), ...parameters], {
    cwd: project,
    env: { PATH: process.env.PATH, ...environment },
    ...(isPerson && process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
  });
  return new Promise<Outcome>((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

describe('ensure-installed', () => {
  const locked = {
    '': { name: 'p' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/b': { version: '2.0.0' },
    'node_modules/other-platform': { version: '3.0.0', optional: true },
  };
  const { '': _root, 'node_modules/other-platform': _left, ...installed } = locked;

  async function prepare(present: object | null, folders = Object.keys(installed)) {
    await writeFolder(project, {
      'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: locked }),
      'npm/npm-cli.js': `
        const { PATH, npm_lifecycle_event, npm_config_omit, npm_config_registry, INIT_CWD } = process.env;
        require('node:fs').appendFileSync('npm-runs.txt', JSON.stringify({
          parameters: process.argv.slice(2), folder: process.cwd(), PATH, npm_config_registry,
          unwanted: [npm_lifecycle_event, npm_config_omit, INIT_CWD].filter(Boolean) }) + '\\n');
        console.log('added packages');
        process.exit(Number(process.env.NPM_EXIT ?? 0));`,
    });
    for (const folder of folders) await writeFolder(project, { [`${folder}/package.json`]: '{}' });
    if (present !== null)
      await writeFolder(project, {
        'node_modules/.package-lock.json': JSON.stringify({ packages: present }),
      });
  }
  const insideNpm = () => ({
    npm_execpath: join(project, 'npm', 'npm-cli.js'),
    npm_node_execpath: process.execPath,
    npm_lifecycle_event: 'prestart',
    npm_config_omit: 'dev',
    npm_config_registry: 'https://registry.example/',
    INIT_CWD: '/elsewhere',
    PATH: `${join(project, 'node_modules', '.bin')}:${process.env.PATH}`,
  });
  const npmRun = z.object({
    parameters: z.array(z.string()),
    folder: z.string(),
    PATH: z.string(),
    npm_config_registry: z.string(),
    unwanted: z.array(z.string()),
  });
  const npmRuns = async () => {
    const lines = (await readFile(join(project, 'npm-runs.txt'), 'utf8')).trim().split('\n');
    return lines.map((line) => npmRun.parse(JSON.parse(line)));
  };
  const bringNode = () => writeFolder(project, { [join('node_modules', 'node', 'bin', nodeName)]: '' });

  it('is silent when everything is there, optional packages aside', async () => {
    await prepare(installed);
    await bringNode();
    expect(await run('ensure-installed.mjs', { environment: insideNpm() })).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    await expect(npmRuns()).rejects.toThrow('ENOENT');
  });

  it.each<[string, object | null, string[] | undefined]>([
    ['none are installed yet', null, []],
    ['b is missing', { 'node_modules/a': installed['node_modules/a'] }, undefined],
    ['a is 0.9.0 and not 1.0.0', { ...installed, 'node_modules/a': { version: '0.9.0' } }, undefined],
    ['b is missing', installed, ['node_modules/a']],
    [
      'other-platform is 2.9.0 and not 3.0.0',
      { ...installed, 'node_modules/other-platform': { version: '2.9.0' } },
      undefined,
    ],
  ])('installs because %s', async (reason, present, folders) => {
    await prepare(present, folders);
    const outcome = await run('ensure-installed.mjs', { environment: insideNpm() });
    expect(outcome).toMatchObject({ code: 0, stdout: '' });
    expect(outcome.stderr).toContain(`because ${reason}`);
    const [first] = await npmRuns();
    expect(first?.parameters.slice(0, 2)).toEqual(['ci', '--ignore-scripts']);
    expect(first).toMatchObject({ unwanted: [], npm_config_registry: 'https://registry.example/' });
  });

  it('fetches the Node that comes with the packages, and nothing else, when only that is missing', async () => {
    await prepare(installed);
    expect(await run('ensure-installed.mjs', { environment: insideNpm() })).toMatchObject({
      code: 0,
      stdout: '',
    });
    const runs = await npmRuns();
    expect(runs.map(({ parameters }) => parameters.slice(0, 2))).toEqual([['rebuild', 'node']]);
  });

  it('runs the inner npm in the project and without the packages it is about to delete', async () => {
    await prepare(null, []);
    await run('ensure-installed.mjs', { environment: insideNpm() });
    for (const { folder, PATH } of await npmRuns()) {
      expect(folder).toBe(project);
      expect(PATH).not.toContain(join(project, 'node_modules', '.bin'));
    }
  });

  it('says so when npm fails', async () => {
    await prepare(null, []);
    const outcome = await run('ensure-installed.mjs', { environment: { ...insideNpm(), NPM_EXIT: '7' } });
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('could not be installed: it ended with exit code 7');
  });
});

describe('start', () => {
  const fakeElectron = '#!/bin/sh\necho "electron $*"\nexit ${ELECTRON_EXIT:-0}\n';

  beforeEach(async () => {
    await writeFolder(project, {
      'package.json': '{ "type": "module" }',
      'node_modules/vite/bin/vite.js': `
        const fs = require('node:fs');
        const config = process.argv[process.argv.indexOf('--config') + 1];
        const part = process.argv.includes('--config') ? config.split('.')[1] : 'renderer';
        fs.appendFileSync('builds.txt', part + '\\n');
        const output = { renderer: 'dist/renderer/index.html', preload: 'dist/main/preload.cjs', main: 'dist/main/main.js', verify: 'dist/verify/verify.html' }[part];
        fs.mkdirSync(require('node:path').dirname(output), { recursive: true });
        fs.writeFileSync(output, 'built');`,
      'node_modules/vite/bin/package.json': '{ "type": "commonjs" }',
      'node_modules/electron/package.json': '{ "type": "commonjs" }',
      'node_modules/electron/install.js': 'process.exit(1);',
      'src-main/serve.ts': "console.log('loopback', ...process.argv.slice(2)); process.exitCode = 3;",
      'src-main/shell/electron/preload.ts': '1',
      'src-renderer/main.tsx': '1',
      'src-shared/a.ts': '1',
      'builds.txt': '',
    });
  });

  async function installElectron() {
    await writeFolder(project, {
      'node_modules/electron/path.txt': 'electron',
      'node_modules/electron/dist/electron': fakeElectron,
    });
    await chmod(join(project, 'node_modules', 'electron', 'dist', 'electron'), 0o755);
  }

  /** Electron is for people, not for root; a copy of Node is used because the original may lie in a private folder. */
  async function becomePerson() {
    node = join(project, 'node-for-everybody');
    await copyFile(process.execPath, node);
    await chmod(node, 0o755);
    for (const folder of ['.', 'builds.txt']) await chmod(join(project, folder), 0o777);
  }

  const builds = async () =>
    (await readFile(join(project, 'builds.txt'), 'utf8')).split('\n').filter(Boolean);

  it('opens the loopback door where there is no display, builds what it shows and hands out, and ends as it ends', async () => {
    const outcome = await run('start.mjs', { parameters: ['--sample', '--workspace', 'w'] });
    expect(outcome.stdout.split('\n')).toEqual([
      'Opening Countersign for your browser instead of Electron: this machine has no display.',
      'loopback --sample --workspace w',
      '',
    ]);
    expect(outcome.code).toBe(3);
    expect(await builds()).toEqual(['renderer', 'verify']);
  });

  it('opens the loopback door when a port is asked for', async () => {
    const outcome = await run('start.mjs', { parameters: ['--port=4100'], environment: { DISPLAY: ':0' } });
    expect(outcome.stdout).toContain('instead of Electron: a --port was asked for.\nloopback --port=4100\n');
  });

  it('opens the loopback door when Electron cannot be fetched', async () => {
    await becomePerson();
    const outcome = await run('start.mjs', { environment: { WAYLAND_DISPLAY: 'w' }, isPerson: true });
    expect(outcome.stdout).toContain(
      'instead of Electron: its program file could not be fetched.\nloopback\n',
    );
  });

  it('opens Electron where there are a display and its program file', async () => {
    await becomePerson();
    await installElectron();
    const outcome = await run('start.mjs', {
      parameters: ['--sample'],
      environment: { DISPLAY: ':0' },
      isPerson: true,
    });
    expect(outcome).toMatchObject({
      code: 0,
      stdout: 'Opening Countersign in Electron.\nelectron . --sample\n',
    });
    expect(await builds()).toEqual(['renderer', 'preload', 'main', 'verify']);
  });

  it.each([
    ['could not start', '1', 'Electron ended at once with code 1.\nloopback\n', 3],
    ['told the person why it ends', '70', 'electron .\n', 70],
  ])('after Electron %s', async (_name, ELECTRON_EXIT, end, code) => {
    await becomePerson();
    await installElectron();
    const outcome = await run('start.mjs', { environment: { DISPLAY: ':0', ELECTRON_EXIT }, isPerson: true });
    expect(outcome.stdout.endsWith(end)).toBe(true);
    expect(outcome.code).toBe(code);
  });

  it('builds again what changed in content, and nothing else', async () => {
    await run('start.mjs');
    await utimes(join(project, 'src-renderer', 'main.tsx'), 1, 1);
    await run('start.mjs');
    expect(await builds()).toEqual(['renderer', 'verify']);
    await writeFile(join(project, 'src-renderer', 'main.tsx'), '2');
    await run('start.mjs');
    // The page that verifies packs shares parts of the screens.
    expect(await builds()).toEqual(['renderer', 'verify', 'renderer', 'verify']);
    const before = (await builds()).length;
    await rm(join(project, 'dist', 'renderer'), { recursive: true });
    await run('build-if-stale.mjs');
    expect((await builds()).slice(before)).toEqual(['renderer', 'preload', 'main']);
    const rebuilt = (await builds()).length;
    await writeFile(join(project, 'src-main', 'serve.ts'), "console.log('changed');");
    await run('build-if-stale.mjs');
    expect((await builds()).slice(rebuilt)).toEqual(['main', 'verify']);
  });

  it('stops and keeps the part stale when a build fails', async () => {
    await writeFolder(project, { 'node_modules/vite/bin/vite.js': 'process.exit(1);' });
    const outcome = await run('start.mjs');
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.stderr).toContain('Building the screens failed');
  });
});

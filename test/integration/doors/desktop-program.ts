// The built desktop program beside a small page, so that its guards are tested apart from the screens.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { writeFolder } from './open-small-door.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A folder with main/ as built and renderer/ with a page that keeps the contract client in `window.client`. */
export async function prepareSmallProgram(): Promise<{ folder: string; dispose(): Promise<void> }> {
  await promisify(execFile)(process.execPath, [
    join(root, 'scripts', 'build-if-stale.mjs'),
    'preload',
    'main',
  ]);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-program-')));
  await cp(join(root, 'dist', 'main'), join(folder, 'main'), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  const from = createRequire(import.meta.url);
  await writeFolder(folder, {
    'package.json': await readFile(join(root, 'package.json'), 'utf8'),
    'client-source.js': `
      import { createORPCClient } from ${JSON.stringify(from.resolve('@orpc/client'))};
      import { RPCLink } from ${JSON.stringify(from.resolve('@orpc/client/message-port'))};
      const { port1, port2 } = new MessageChannel();
      window.postMessage('countersign:connect', '*', [port2]);
      port1.start();
      window.client = createORPCClient(new RPCLink({ port: port1 }));
      document.documentElement.dataset.ready = 'yes';`,
    'renderer/index.html':
      '<!doctype html><title>Small</title><body><a id="out" href="https://evil.example/">out</a>' +
      '<a id="new" target="_blank" href="https://docs.example/page">new</a>' +
      '<script type="module" src="/assets/client.js"></script>',
  });
  await build({
    configFile: false,
    logLevel: 'silent',
    root: folder,
    build: {
      outDir: join(folder, 'renderer', 'assets'),
      emptyOutDir: false,
      rolldownOptions: { input: join(folder, 'client-source.js'), output: { entryFileNames: 'client.js' } },
    },
  });
  return { folder, dispose: () => rm(folder, { recursive: true }) };
}

export async function writePack(userData: string, name: string): Promise<string> {
  const folder = join(userData, 'workspace', 'packs');
  await writeFolder(folder, { [name]: 'PK' });
  const file = join(folder, name);
  await writeFile(file, 'PK');
  return realpath(file);
}

// Builds those parts of dist/ whose sources changed since they were built, told by a hash of the sources.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const common = ['src-shared', 'package.json', 'package-lock.json', 'tsconfig.base.json'];

/** What each part is made from and how. */
const parts = {
  renderer: {
    title: 'the screens',
    sources: ['src-renderer', 'vite.config.ts', ...common],
    output: 'dist/renderer/index.html',
    parameters: [],
  },
  preload: {
    title: 'the desktop bridge',
    sources: ['src-main/shell/electron', 'vite.preload.config.ts', ...common],
    output: 'dist/main/preload.cjs',
    parameters: ['--config', 'vite.preload.config.ts'],
  },
  main: {
    title: 'the desktop program',
    sources: ['src-main', 'resources/rules', 'vite.main.config.ts', ...common],
    output: 'dist/main/main.js',
    parameters: ['--config', 'vite.main.config.ts'],
  },
  verify: {
    title: 'the page that verifies packs',
    sources: ['src-main', 'src-renderer', 'vite.verify.config.ts', ...common],
    output: 'dist/verify/verify.html',
    parameters: ['--config', 'vite.verify.config.ts'],
  },
};

/** Brings the named parts up to date. Throws when a build fails; a failed part stays stale. */
export function buildIfStale(names, node = process.execPath) {
  for (const name of names) {
    const part = parts[name];
    const stamp = join(root, 'dist', 'built', `${name}.sha256`);
    const digest = hashSources(part.sources);
    if (existsSync(join(root, part.output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest)
      continue;
    console.error(`Building ${part.title} …`);
    rmSync(stamp, { force: true });
    build(part, node);
    mkdirSync(join(root, 'dist', 'built'), { recursive: true });
    writeFileSync(stamp, digest);
  }
}

function build(part, node) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const outcome = spawnSync(node, [vite, 'build', '--logLevel', 'warn', ...part.parameters], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // Tests build as well, and would leave a program for developers behind.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (outcome.status !== 0) throw new Error(`Building ${part.title} failed; see the lines above.`);
}

/** Names and contents of all files, in one order everywhere. */
function hashSources(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => listFiles(join(root, source))).toSorted()) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function listFiles(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => listFiles(join(path, entry.name)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2);
  buildIfStale(asked.length === 0 ? Object.keys(parts) : asked);
}

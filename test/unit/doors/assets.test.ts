import { mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAsset } from '../../../src-main/shell/http/assets.ts';
import { findPack } from '../../../src-main/shell/http/packs.ts';
import { writeFolder } from '../../integration/doors/open-small-door.ts';

let folder: string;
let root: string;
let packs: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-assets-')));
  root = join(folder, 'renderer');
  packs = join(folder, 'packs');
  await writeFolder(folder, {
    'renderer/index.html': 'index',
    'renderer/favicon.svg': '<svg/>',
    'renderer/assets/app-1.js': 'app',
    'renderer/assets/app-1.js.map': 'map',
    'renderer/.env.json': 'hidden',
    'renderer/.git/config.json': 'hidden',
    'renderer/sub.js/inner.js': 'inner',
    'secret.js': 'outside',
    'renderer-twin/app.js': 'outside',
    'packs/a.zip': 'a',
    'packs/.b.zip': 'b',
    'packs/c.txt': 'c',
    'packs/REVEALED-a.json': '{}',
    'packs/other.json': '{}',
    'packs/deep/d.zip': 'd',
    'secret.zip': 'outside',
  });
  await symlink(join(folder, 'secret.js'), join(root, 'link.js'));
  await symlink(folder, join(root, 'up'));
  await symlink(join(folder, 'secret.zip'), join(packs, 'link.zip'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('findAsset', () => {
  it.each([
    ['/', 'index.html', 'text/html; charset=utf-8', 'no-store'],
    ['/queue', 'index.html', 'text/html; charset=utf-8', 'no-store'],
    ['/findings/42/', 'index.html', 'text/html; charset=utf-8', 'no-store'],
    ['/index.html', 'index.html', 'text/html; charset=utf-8', 'no-store'],
    ['/favicon.svg', 'favicon.svg', 'image/svg+xml', 'no-store'],
    [
      '/assets/app-1.js',
      'assets/app-1.js',
      'text/javascript; charset=utf-8',
      'private, max-age=31536000, immutable',
    ],
    [
      '/assets/%61pp-1.js',
      'assets/app-1.js',
      'text/javascript; charset=utf-8',
      'private, max-age=31536000, immutable',
    ],
    ['/sub.js/inner.js', 'sub.js/inner.js', 'text/javascript; charset=utf-8', 'no-store'],
  ])('%s is %s', async (pathname, file, contentType, cacheControl) => {
    expect(await findAsset(root, pathname)).toEqual({ file: join(root, file), contentType, cacheControl });
  });

  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/%2E%2E%2Fsecret.js',
    '/..%2fsecret.js',
    '/..%5csecret.js',
    '/..\\secret.js',
    '/%252e%252e/secret.js',
    '/./favicon.svg',
    '/../renderer-twin/app.js',
    '/../renderer/index.html',
    '//secret.js',
    '/assets//app-1.js',
    '/link.js',
    '/up/secret.js',
    '/.env.json',
    '/.git/config.json',
    '/assets/app-1.js.map',
    '/missing.js',
    '/sub.js',
    '/favicon.svg/x.js',
    '/secret.js%00.png',
    '/%',
    '/%E0%A4%A.js',
    '/c:/secret.js',
    '/C:%5csecret.js',
    'index.html',
    '',
    '/…'.padEnd(5000, 'x') + '.js',
    '/index.html.',
    '/index.php',
  ])('%s is nothing', async (pathname) => {
    expect(await findAsset(root, pathname)).toBeNull();
  });

  it('never leaves its folder, whatever is asked', async () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '%5c',
      '\\',
      'assets',
      'up',
      'secret.js',
      'app-1.js',
      '%00',
      '',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(piece, fc.string()), { maxLength: 6 }), async (pieces) => {
        const asset = await findAsset(root, `/${pieces.join('/')}`);
        expect(asset === null || asset.file.startsWith(`${root}/`)).toBe(true);
      }),
    );
  });
});

describe('findPack', () => {
  it('finds a pack by its name', async () => {
    expect(await findPack(packs, 'a.zip')).toBe(join(packs, 'a.zip'));
    expect(await findPack(packs, 'REVEALED-a.json')).toBe(join(packs, 'REVEALED-a.json'));
  });

  it.each([
    '../secret.zip',
    '..%2fsecret.zip',
    '/etc/passwd.zip',
    'deep/d.zip',
    '.b.zip',
    'c.txt',
    'link.zip',
    'a.zip/',
    'A B.zip',
    '',
    '\\\\host\\a.zip',
    'no.zip',
    'other.json',
    'REVEALED-../../secret.json',
  ])('%s is none', async (name) => {
    expect(await findPack(packs, name)).toBeNull();
  });
});

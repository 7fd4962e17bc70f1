import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBundleAddress } from '../../../src-main/shell/electron/bundle-address.ts';
import { answerBundleRequest } from '../../../src-main/shell/electron/bundle-response.ts';
import { externalAddress } from '../../../src-main/shell/electron/external-address.ts';
import { isTrustedSender } from '../../../src-main/shell/electron/trusted-sender.ts';
import { contentSecurityPolicy } from '../../../src-main/shell/http/security-headers.ts';
import { writeFolder } from '../../integration/doors/open-small-door.ts';

describe('isBundleAddress', () => {
  it.each(['app://bundle', 'app://bundle/', 'app://bundle/queue?x=1#y', 'APP://bundle/'])(
    '%s is ours',
    (address) => {
      expect(isBundleAddress(address)).toBe(true);
    },
  );

  it.each([
    'app://bundle.evil.example/',
    'app://bundle:80/',
    'app://other/',
    'app://user@bundle/',
    'app://user:word@bundle/',
    'app://evil.example/app://bundle/',
    'app:bundle',
    'https://bundle/',
    'https://evil.example/?app://bundle/',
    'file:///app://bundle/',
    'data:text/html,app://bundle/',
    'javascript:app://bundle/',
    ' ',
    '',
  ])('“%s” is not', (address) => {
    expect(isBundleAddress(address)).toBe(false);
  });
});

describe('externalAddress', () => {
  it.each([
    ['https://example.org/a?b#c', 'https://example.org/a?b#c'],
    ['HTTPS://Example.org', 'https://example.org/'],
    ['https://example.org:8443/', 'https://example.org:8443/'],
  ])('%s may be opened', (address, opened) => {
    expect(externalAddress(address)).toBe(opened);
  });

  it.each([
    'http://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'app://bundle/',
    'smb://host/share',
    '\\\\host\\share',
    'ms-settings:privacy',
    'vscode://file/x',
    'mailto:a@example.org',
    'https://user:word@example.org/',
    'https://user@example.org/',
    'https:',
    'example.org',
    '',
  ])('“%s” may not', (address) => {
    expect(externalAddress(address)).toBeNull();
  });

  it('lets nothing but https through', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl({ validSchemes: ['http', 'https', 'ftp', 'file'] }), fc.string()),
        (address) => {
          const opened = externalAddress(address);
          expect(opened === null || opened.startsWith('https://')).toBe(true);
        },
      ),
    );
  });
});

describe('isTrustedSender', () => {
  const ours = new Set([7]);
  const own = { sender: { id: 7 }, senderFrame: { origin: 'app://bundle', parent: null } };

  it('trusts the main frame of our window on our origin', () => {
    expect(isTrustedSender(own, ours)).toBe(true);
  });

  it.each([
    ['a frame that is gone', { ...own, senderFrame: null }],
    ['an inner frame', { ...own, senderFrame: { origin: 'app://bundle', parent: {} } }],
    ['another origin', { ...own, senderFrame: { origin: 'https://evil.example', parent: null } }],
    [
      'an origin that begins like ours',
      { ...own, senderFrame: { origin: 'app://bundle.evil', parent: null } },
    ],
    ['an opaque origin', { ...own, senderFrame: { origin: 'null', parent: null } }],
    ['a window of somebody else', { ...own, sender: { id: 8 } }],
  ])('does not trust %s', (_name, sender) => {
    expect(isTrustedSender(sender, ours)).toBe(false);
  });
});

describe('app://bundle/', () => {
  let folder: string;
  let root: string;
  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'countersign-bundle-')));
    root = join(folder, 'renderer');
    await writeFolder(folder, {
      'renderer/index.html': 'index',
      'renderer/assets/app.js': 'app',
      'main/main.js': 'outside',
      'secret.html': 'outside',
    });
  });
  afterAll(() => rm(folder, { recursive: true }));
  const ask = (url: string, method = 'GET') => answerBundleRequest({ url, method }, root);

  it('serves the page and its files sealed', async () => {
    for (const [url, text] of [
      ['app://bundle/', 'index'],
      ['app://bundle/queue', 'index'],
      ['app://bundle/assets/app.js?v=1', 'app'],
    ] as const) {
      const response = await ask(url);
      expect(response.status).toBe(200);
      expect(await response.text()).toBe(text);
      expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s', async (method) => {
    const response = await ask('app://bundle/', method);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('answers HEAD without a body', async () => {
    const response = await ask('app://bundle/', 'HEAD');
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it.each([
    'app://bundle/../main/main.js',
    'app://bundle/%2e%2e/main/main.js',
    'app://bundle/..%2fmain%2fmain.js',
    'app://bundle/assets/..%5c..%5cmain%5cmain.js',
    'app://bundle/%2fsecret.html',
    'app://bundle//secret.html',
    'app://bundle/..%2fsecret.html%00.js',
    'app://other/index.html',
    'app://bundle.evil/index.html',
    'app://bundle:1/index.html',
    'file:///etc/passwd.html',
  ])('has nothing at %s', async (url) => {
    const response = await ask(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
    expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
  });
});

describe('the sources', () => {
  it('hand addresses to the operating system in one file only', async () => {
    const sources = fileURLToPath(new URL('../../../src-main/', import.meta.url));
    const files = (await readdir(sources, { recursive: true })).filter((name) => name.endsWith('.ts'));
    const callers: string[] = [];
    for (const file of files) {
      if ((await readFile(join(sources, file), 'utf8')).includes('shell.openExternal')) callers.push(file);
    }
    expect(callers).toEqual([join('shell', 'electron', 'open-external.ts')]);
  });
});

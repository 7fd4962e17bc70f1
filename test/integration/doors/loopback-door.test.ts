import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bodyLimitBytes } from '../../../src-main/shell/http/gate.ts';
import { contentSecurityPolicy } from '../../../src-main/shell/http/security-headers.ts';
import { serve } from '../../../src-main/shell/http/serve.ts';
import { tokenHeader } from '../../../src-main/shell/http/token.ts';
import { openSmallDoor, outsideText, send, type Answer, type SmallDoor } from './open-small-door.ts';
import { createSmallRouter, secretOfTheFailure } from './small-router.ts';

let small: SmallDoor;
beforeAll(async () => {
  small = await openSmallDoor();
});
afterAll(() => small.dispose());

const wire = z.object({ json: z.object({ code: z.string(), message: z.string() }) });
const json = { 'content-type': 'application/json' };

function ask(
  target: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
) {
  const { door } = small;
  const headers = {
    [tokenHeader]: door.token,
    ...(options.body === undefined ? {} : json),
    ...options.headers,
  };
  return send(door.port, { ...options, target, headers });
}

function expectSealed(answer: Answer): void {
  expect(answer.headers).toMatchObject({
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
}

describe('who gets in', () => {
  it('prints an address with the token in the fragment only', () => {
    const { door } = small;
    expect(door.url).toBe(`http://127.0.0.1:${door.port}/#token=${door.token}`);
  });

  it('refuses procedures without the token, with a wrong one, and with the token in the address', async () => {
    const { door } = small;
    const attempts = [{}, { [tokenHeader]: 'wrong' }, { [tokenHeader]: door.token.slice(0, -1) }];
    for (const headers of attempts) {
      const answer = await send(door.port, {
        method: 'POST',
        target: `/rpc/workspace/privilegedActions?token=${door.token}`,
        headers: { ...json, ...headers },
        body: '{}',
      });
      expect(answer.status).toBe(401);
      expect(wire.parse(JSON.parse(answer.text)).json.message).toContain('Open the address that was printed');
      expect(answer.text).not.toContain(door.token);
    }
    expect(small.received).toEqual([]);
  });

  it.each([
    ['a rebound host name', { host: 'evil.example' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['a cross-site request', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses %s even with the token, on every area', async (_name, headers) => {
    for (const target of [
      '/',
      '/assets/app-1.js',
      '/api/privileged-actions',
      '/packs/pack-1.zip',
      '/exports/list-1.csv',
    ]) {
      const answer = await ask(target, { headers });
      expect(answer.status).toBe(403);
      expectSealed(answer);
    }
  });

  it('answers no preflight', async () => {
    const answer = await ask('/rpc/workspace/privilegedActions', {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('POST');
    expectSealed(answer);
  });

  it('listens on the loopback address only', async () => {
    const reached = await new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.2', port: small.door.port });
      socket.on('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    expect(reached).toBe(false);
  });
});

describe('the page', () => {
  it('comes sealed and is never kept', async () => {
    for (const target of ['/', '/queue', '/findings/7']) {
      const answer = await send(small.door.port, { target });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('<title>Small</title>');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expectSealed(answer);
    }
  });

  it('answers HEAD with the length and no body', async () => {
    const answer = await send(small.door.port, { method: 'HEAD', target: '/assets/app-1.js' });
    expect([answer.status, answer.text, answer.headers['content-length']]).toEqual([200, '', '34']);
  });

  it.each([
    '/../renderer-other/index.html',
    '/%2e%2e/outside.html',
    '/..%2foutside.html',
    '/assets/..%5c..%5coutside.html',
    '/link.html',
    '/.hidden.html',
    '/assets/app-1.js.map',
    '/../ledger.sqlite',
  ])('does not serve %s', async (target) => {
    const answer = await send(small.door.port, { target });
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain(outsideText);
  });
});

describe('packs', () => {
  it('are handed over whole to the window that asks with the token', async () => {
    const answer = await ask('/packs/pack-1.zip');
    expect([answer.status, answer.text]).toEqual([200, 'PK-one']);
    expect(answer.headers['content-disposition']).toBe('attachment; filename="pack-1.zip"');
    expect(answer.headers['content-type']).toBe('application/zip');
    expectSealed(answer);
    expect((await send(small.door.port, { target: '/packs/pack-1.zip' })).status).toBe(401);
  });

  it('have the page that verifies them beside them, to be saved and never shown as a page of ours', async () => {
    const answer = await ask('/packs/verify.html');
    expect([answer.status, answer.text]).toEqual([200, '<p>verify</p>']);
    expect(answer.headers['content-disposition']).toBe('attachment; filename="verify.html"');
    expect(answer.headers['content-type']).toBe('application/octet-stream');
    expectSealed(answer);
  });

  it.each([
    '/packs/',
    '/packs',
    '/packs/notes.txt',
    '/packs/other.html',
    '/packs/link.zip',
    '/packs/../outside.zip',
    '/packs/..%2foutside.zip',
    '/packs/%2e%2e%2foutside.zip',
    '/packs/missing.zip',
  ])('are all that %s could reach', async (target) => {
    const answer = await ask(target);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain(outsideText);
  });
});

describe('exports', () => {
  it.each([
    ['list-1.csv', 'a,b', 'text/csv; charset=utf-8'],
    ['list-1.csv.manifest.json', '{}', 'application/json'],
    ['list-1.csv.sha256', 'sum', 'text/plain; charset=utf-8'],
    ['ASSIGNMENT-q3-1.zip', 'PK-assignment', 'application/zip'],
    ['calendar-1.ics', 'BEGIN:VCALENDAR', 'text/calendar; charset=utf-8'],
  ])('are handed over whole, %s with the token only', async (name, text, type) => {
    const answer = await ask(`/exports/${name}`);
    expect([answer.status, answer.text]).toEqual([200, text]);
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="${name}"`);
    expect(answer.headers['content-type']).toBe(type);
    expectSealed(answer);
    expect((await send(small.door.port, { target: `/exports/${name}` })).status).toBe(401);
  });

  it.each([
    '/exports/',
    '/exports',
    '/exports/notes.txt',
    '/exports/link.csv',
    '/exports/../outside.csv',
    '/exports/..%2foutside.csv',
    '/exports/.list-1.csv',
    '/exports/missing.csv',
  ])('are all that %s could reach', async (target) => {
    const answer = await ask(target);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain(outsideText);
  });
});

describe('procedures', () => {
  it('answer over REST, with text of a query read as what the contract asks for', async () => {
    small.received.length = 0;
    const answer = await ask('/api/reviews?overdue=true&status=pending');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject([{ id: 'r-1', action: 'role_grant' }]);
    expect(small.received).toEqual([{ overdue: true, status: 'pending' }]);
    expect(answer.headers['cache-control']).toBe('no-store');
    expectSealed(answer);
  });

  it('take JSON bodies, and an empty body where nothing is asked', async () => {
    const put = await ask('/api/privileged-actions', {
      method: 'PUT',
      body: JSON.stringify({ actions: ['schema_alter'], reason: 'Policy 7' }),
    });
    expect([put.status, put.text]).toEqual([200, '["schema_alter"]']);
    const start = await ask('/api/sample/explore', { method: 'POST', body: '' });
    expect([start.status, start.text]).toEqual([200, '{"jobId":"j-1"}']);
  });

  it('are described by an OpenAPI document', async () => {
    const answer = await ask('/api/openapi.json');
    const description = z
      .object({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(JSON.parse(answer.text));
    expect(description.openapi).toMatch(/^3\.1/);
    expect(Object.keys(description.paths)).toContain('/reviews/{id}/undo');
    expect(Object.keys(description.paths['/privileged-actions'] ?? {}).toSorted()).toEqual(['get', 'put']);
    expect((await send(small.door.port, { target: '/api/openapi.json' })).status).toBe(401);
  });

  it('keep the typed error of the contract', async () => {
    const answer = await ask('/api/reviews/r-1/undo', { method: 'POST', body: '' });
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.text)).toMatchObject({
      defined: true,
      code: 'PROBLEM',
      data: { code: 'conflict', next: 'Decide again to correct it.' },
    });
  });

  it.each(['/api/keys', '/rpc/workspace/keys'])(
    'hide an unknown failure of %s behind a correlation id',
    async (target) => {
      small.failures.length = 0;
      const answer = await ask(target, target.startsWith('/rpc') ? { method: 'POST', body: '{}' } : {});
      expect(answer.status).toBe(500);
      expect(answer.text).not.toContain('hunter2');
      expect(answer.text).not.toMatch(/\.ts\b|\\n {4}at /);
      const [failure] = small.failures;
      expect(failure?.message).toMatch(/^Unexpected failure [0-9a-f-]{36}$/);
      expect(answer.text).toContain(failure?.message.split(' ').at(-1) ?? 'missing');
      expect(String(failure?.error)).toContain(secretOfTheFailure);
    },
  );

  it.each([
    ['form data', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=b', 415],
    ['plain text', { 'content-type': 'text/plain' }, '{}', 415],
    ['broken JSON', {}, '{"json":', 400],
    ['unknown input', {}, '{"json":{"actions":7}}', 400],
  ])('refuse %s', async (_name, headers, body, status) => {
    const answer = await ask('/rpc/workspace/setPrivilegedActions', { method: 'POST', headers, body });
    expect(answer.status).toBe(status);
    expect(wire.parse(JSON.parse(answer.text)).json.message).not.toBe('');
  });

  it('are found only by their own names', async () => {
    for (const target of ['/rpc/nothing', '/rpc/__proto__', '/rpc/constructor', '/rpc/workspace/toString'])
      expect((await ask(target, { method: 'POST', body: '{}' })).status).toBe(404);
  });

  it('refuse a body above the limit, announced or not', async () => {
    const announced = await ask('/rpc/workspace/setPrivilegedActions', {
      method: 'POST',
      headers: { 'content-length': String(bodyLimitBytes + 1) },
      body: '',
    });
    expect(announced.status).toBe(413);
    expect(await sendEndless()).toMatch(/^(HTTP\/1\.1 413 |cut off)/);
  });
});

/** Sends chunks until the door answers or the limit is well behind; resolves with what came back. A door that stops listening may be faster than its answer. */
function sendEndless(): Promise<string> {
  const { door } = small;
  const size = 1024 * 1024;
  const chunk = Buffer.concat([
    Buffer.from(`${size.toString(16)}\r\n`),
    Buffer.alloc(size, 32),
    Buffer.from('\r\n'),
  ]);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: door.port });
    let sentBytes = 0;
    const push = () => {
      if (sentBytes > bodyLimitBytes + 8 * size) return;
      sentBytes += size;
      socket.write(chunk, push);
    };
    socket.once('data', (data: Buffer) => {
      resolve(data.toString('latin1'));
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || error.code === 'ECONNRESET') resolve('cut off');
      else reject(error);
    });
    socket.write(
      `POST /rpc/workspace/setPrivilegedActions HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\n` +
        `${tokenHeader}: ${door.token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
      push,
    );
  });
}

describe('opening and closing', () => {
  const options = (rendererDirectory: string, port: number) => ({
    router: createSmallRouter().router,
    version: '0.0.0',
    rendererDirectory,
    packsDirectory: small.folder,
    exportsDirectory: small.folder,
    port,
    log: () => undefined,
  });

  it('says when the screens are not built, and how to build them', async () => {
    await expect(serve(options(`${small.folder}/nowhere`, 0))).rejects.toMatchObject({
      code: 'file-unreadable',
      next: expect.stringContaining('npm run build'),
    });
  });

  it('says when the port is taken', async () => {
    await expect(serve(options(`${small.folder}/renderer`, small.door.port))).rejects.toMatchObject({
      code: 'conflict',
      next: expect.stringContaining('--port'),
    });
  });

  it('closes although a client never finishes its request', async () => {
    const door = await serve(options(`${small.folder}/renderer`, 0));
    const socket = connect({ host: '127.0.0.1', port: door.port });
    const gone = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) =>
      socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nX-Slow: `, () => resolve()),
    );
    await door.close();
    await gone;
    await expect(send(door.port, { target: '/' })).rejects.toThrow('ECONNREFUSED');
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, bodyLimitBytes } from '../../../src-main/shell/http/gate.ts';
import { createToken, isSameToken, tokenHeader } from '../../../src-main/shell/http/token.ts';

const door = { port: 4100, token: 'the-right-token' };
const host = '127.0.0.1:4100';
const json = { 'content-type': 'application/json' };
const keyed = { host, [tokenHeader]: door.token };

function statusOf(method: string, target: string, headers: Record<string, string>): number {
  const admission = admit({ method, target, headers }, door);
  return admission.admitted ? 200 : admission.refusal.status;
}

describe('the gate of the loopback door', () => {
  it.each([
    ['its own window', { host }, 200],
    ['localhost', { host: 'localhost:4100' }, 200],
    ['its own origin', { host, origin: 'http://127.0.0.1:4100', 'sec-fetch-site': 'same-origin' }, 200],
    ['an address typed by hand', { host, 'sec-fetch-site': 'none' }, 200],
    ['no host', {}, 403],
    ['a rebound name', { host: 'evil.example:4100' }, 403],
    ['a name that starts like ours', { host: '127.0.0.1:4100.evil.example' }, 403],
    ['another port', { host: '127.0.0.1:4101' }, 403],
    ['a host in other letters', { host: 'LOCALHOST:4100' }, 403],
    ['a foreign origin', { host, origin: 'https://evil.example' }, 403],
    ['an opaque origin', { host, origin: 'null' }, 403],
    ['our other name as origin', { host, origin: 'http://localhost:4100' }, 403],
    ['https under our name', { host, origin: 'https://127.0.0.1:4100' }, 403],
    ['a link from another site', { host, 'sec-fetch-site': 'cross-site' }, 403],
    ['a sibling site', { host, 'sec-fetch-site': 'same-site' }, 403],
  ])('%s gets %i', (_name, headers, status) => {
    expect(statusOf('GET', '/', headers)).toBe(status);
  });

  it.each([
    ['GET', '/', 200],
    ['HEAD', '/queue', 200],
    ['POST', '/', 405],
    ['OPTIONS', '/', 405],
    ['TRACE', '/', 405],
    ['GET', '/rpc/workspace/status', 405],
    ['OPTIONS', '/rpc/workspace/status', 405],
    ['PUT', '/rpc/workspace/status', 405],
    ['POST', '/rpc/workspace/status', 200],
    ['GET', '/api/status', 200],
    ['PUT', '/api/reviewer', 200],
    ['POST', '/api/refresh', 200],
    ['DELETE', '/api/evidence/packs/a.zip', 200],
    ['DELETE', '/packs/a.zip', 405],
    ['PATCH', '/api/reviewer', 405],
    ['OPTIONS', '/api/status', 405],
    ['GET', '/packs/a.zip', 200],
    ['PUT', '/packs/a.zip', 405],
    ['CONNECT', 'evil.example:443', 400],
    ['GET', 'http://evil.example/', 400],
    ['GET', '//evil.example/', 400],
  ])('%s %s gets %i', (method, target, status) => {
    expect(statusOf(method, target, { ...keyed, ...json })).toBe(status);
  });

  it('asks every area but the page for the token', () => {
    for (const target of [
      '/rpc',
      '/rpc/a',
      '/api',
      '/api/openapi.json',
      '/packs',
      '/packs/a.zip',
      '/api?x=1',
    ]) {
      const method = target.startsWith('/rpc') ? 'POST' : 'GET';
      expect(statusOf(method, target, { host, ...json })).toBe(401);
      expect(statusOf(method, target, { host, ...json, [tokenHeader]: 'the-wrong-token' })).toBe(401);
      expect(statusOf(method, target, { ...keyed, ...json })).toBe(200);
    }
  });

  it('says nothing about the token to a stranger', () => {
    expect(statusOf('POST', '/rpc/a', { ...keyed, ...json, host: 'evil.example' })).toBe(403);
  });

  it.each([
    ['application/json', 200],
    ['application/json; charset=utf-8', 200],
    ['APPLICATION/JSON', 200],
    ['', 415],
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['text/plain; application/json', 415],
    ['application/json, text/plain', 415],
    ['application/jsonp', 415],
  ])('a body declared as “%s” gets %i', (type, status) => {
    expect(statusOf('POST', '/rpc/a', { ...keyed, 'content-type': type })).toBe(status);
  });

  it('refuses a body announced as larger than the limit', () => {
    const announced = (bytes: number) => ({ ...keyed, ...json, 'content-length': String(bytes) });
    expect(statusOf('POST', '/rpc/a', announced(bodyLimitBytes))).toBe(200);
    expect(statusOf('POST', '/rpc/a', announced(bodyLimitBytes + 1))).toBe(413);
  });

  it('never admits a changed token, host or origin', () => {
    const other = (own: string) => fc.string().filter((text) => text !== own);
    fc.assert(
      fc.property(other(door.token), other(host), (token, name) => {
        expect(statusOf('POST', '/rpc/a', { ...json, host, [tokenHeader]: token })).toBe(401);
        fc.pre(name !== 'localhost:4100');
        expect(statusOf('POST', '/rpc/a', { ...json, ...keyed, host: name })).toBe(403);
        expect(statusOf('POST', '/rpc/a', { ...json, ...keyed, origin: name })).toBe(403);
      }),
    );
  });
});

describe('the token', () => {
  it('holds 256 bits that differ every time and need no escaping', () => {
    const tokens = Array.from({ length: 50 }, createToken);
    expect(new Set(tokens).size).toBe(50);
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('is the same only as itself', () => {
    expect(isSameToken('abc', 'abc')).toBe(true);
    for (const other of [undefined, '', 'ab', 'abcd', 'ABC']) expect(isSameToken(other, 'abc')).toBe(false);
    expect(isSameToken(undefined, '')).toBe(false);
  });
});

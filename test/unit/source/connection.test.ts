// What a person enters becomes a profile; whatever cannot be meant is refused without repeating it.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unlimitedMirror } from '#shared/model/connection.ts';
import { isLocalHost, readConnectRequest } from '../../../src-main/source/connection.ts';
import { problemIn } from './problem-of.ts';

const read = (request: Parameters<typeof readConnectRequest>[0]) =>
  readConnectRequest(request, 'Europe/Berlin');
const url = (tail = '', head = 'postgresql://ann:pw@db.example:6543/audit') => ({ url: `${head}${tail}` });

describe('readConnectRequest', () => {
  it('reads a URL, verified by default', () => {
    expect(read(url())).toEqual({
      profile: {
        host: 'db.example',
        port: 6543,
        database: 'audit',
        user: 'ann',
        tls: 'verify',
        caFile: null,
        sourceAccount: null,
        zone: 'Europe/Berlin',
        mapping: null,
        mirror: unlimitedMirror,
      },
      password: 'pw',
    });
  });

  it('reads percent-encoding, IPv6 and the defaults', () => {
    const { profile, password } = read({ url: 'postgres://a%40b:p%2F%3F%23%25w@[::1]/my%20db' });
    expect(profile).toMatchObject({ host: '::1', port: 5432, database: 'my db', user: 'a@b' });
    expect(password).toBe('p/?#%w');
  });

  it('gives back any user, password and database', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' }).filter((value) => value.trim() === value);
    fc.assert(
      fc.property(text, text, text, (user, secret, database) => {
        const [u, p, d] = [user, secret, database].map(encodeURIComponent);
        fc.pre(![d].some((part) => part === '.' || part === '..'));
        const { profile, password } = read({ url: `postgresql://${u}:${p}@h/${d}` });
        expect([profile.user, password, profile.database]).toEqual([user, secret, database]);
      }),
    );
  });

  it('lets fields win over the URL', () => {
    const { profile, password } = read({
      ...url('?sslmode=disable'),
      host: 'other',
      port: 1,
      database: 'd',
      user: 'u',
      password: 'q',
      tls: 'verify',
      caFile: '/ca.pem',
      sourceAccount: 'branch',
      zone: 'UTC',
    });
    expect(profile).toEqual({
      host: 'other',
      port: 1,
      database: 'd',
      user: 'u',
      tls: 'verify',
      caFile: '/ca.pem',
      sourceAccount: 'branch',
      zone: 'UTC',
      mapping: null,
      mirror: unlimitedMirror,
    });
    expect(password).toBe('q');
  });

  it('takes fields alone, and empty fields as absent', () => {
    const { profile, password } = read({
      url: '',
      host: ' h ',
      database: 'd',
      user: 'u',
      sourceAccount: ' ',
    });
    expect(profile).toMatchObject({ host: 'h', sourceAccount: null });
    expect(password).toBe('');
  });

  it('turns a mapping file into a mapping', () => {
    const mapping = { schema: 'public', table: 't', columns: { id: 'i', ip: { column: 'c', jsonKey: 'k' } } };
    expect(read({ ...url(), mapping }).profile.mapping).toEqual({
      preset: 'custom',
      schema: 'public',
      table: 't',
      columns: { id: { column: 'i' }, ip: { column: 'c', jsonKey: 'k' } },
    });
  });

  it.each([
    ['?sslmode=disable', 'off'],
    ['?ssl=false', 'off'],
    ['?sslmode=require', 'verify'],
    ['?sslmode=verify-ca', 'verify'],
    ['?sslmode=verify-full', 'verify'],
    ['?ssl=true', 'verify'],
    ['?pgbouncer=true', 'verify'],
  ])('%s means TLS %s', (tail, tls) => {
    expect(read(url(tail)).profile.tls).toBe(tls);
  });

  it('takes the CA file from the URL, and “system” as the usual authorities', () => {
    expect(read(url('?sslrootcert=/etc/ca.pem')).profile.caFile).toBe('/etc/ca.pem');
    expect(read(url('?sslrootcert=system')).profile.caFile).toBeNull();
  });

  it.each([
    ['prefer', url('?sslmode=prefer'), /without checking who it is/],
    ['allow', url('?sslmode=allow'), /without checking/],
    ['no-verify', url('?ssl=no-verify'), /without checking/],
    ['an unknown mode', url('?sslmode=constructor'), /not one PostgreSQL knows/],
    ['a client certificate', url('?sslcert=/c'), /cannot honour “sslcert”/],
    ['session options', url('?options=-c%20role%3Dx'), /cannot honour “options”/],
    ['another scheme', url('', 'https://ann:pw@db/audit'), /does not start with postgresql/],
    ['no URL at all', url('', 'hunter2'), /cannot be read/],
    ['a bare number sign', url('', 'postgresql://ann:hunter2#x@db/audit'), /cannot be read|percent-encoded/],
    ['a bare percent', url('', 'postgresql://ann:hunter2%@db/audit'), /two hex digits/],
    ['several hosts', url('', 'postgresql://ann:pw@a,b/audit'), /several hosts/],
    ['no host', { database: 'd', user: 'u' }, /names no host/],
    ['no database', url('', 'postgresql://ann:pw@db'), /names no database/],
    ['no user', url('', 'postgresql://db/audit'), /names no user/],
    ['a port out of range', { ...url(), port: 70_000 }, /not between 1 and 65535/],
    ['a zone nobody knows', { ...url(), zone: 'Mars/Olympus' }, /not a time zone/],
    ['a CA file without TLS', { ...url('?sslmode=disable'), caFile: '/ca' }, /TLS is off/],
    ['TLS over a socket', { ...url(), host: '/run/postgresql' }, /local socket/],
  ] as const)('refuses %s', (_, request, sentence) => {
    const problem = problemIn(() => read(request));
    expect(problem.code).toBe('invalid-input');
    expect(problem.message).toMatch(sentence);
    expect(`${problem.message} ${problem.next}`).not.toMatch(/hunter2|db\.example|\bann\b/);
  });
});

describe('isLocalHost', () => {
  it.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['/run/postgresql', true],
    ['127.0.0.1.example', false],
    ['10.0.0.1', false],
  ])('%s: %s', (host, expected) => {
    expect(isLocalHost(host)).toBe(expected);
  });
});

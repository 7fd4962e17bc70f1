// What is typed becomes a request, or a sentence for the field that stands in its way.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RememberedSource } from '../../../../src-shared/model/source-health.ts';
import { connectRequest } from '../../../../src-shared/model/connection.ts';
import {
  customMappingText,
  draftFromConnection,
  emptyConnectDraft,
  exampleMapping,
  readConnectDraft,
} from '../../../../src-renderer/screens/welcome/connect-form.ts';
import { partPassword } from '../../../../src-renderer/screens/welcome/url-password.ts';

const url = { ...emptyConnectDraft('UTC'), url: ' postgresql://reader@db/audit ' };
const fields = {
  ...emptyConnectDraft('Europe/Berlin'),
  way: 'fields' as const,
  host: 'db',
  database: 'audit',
  user: 'reader',
};

describe('draftFromConnection', () => {
  it('fills in what is known, asks for the password again, and can be sent once it is there', () => {
    const known = {
      host: 'db',
      port: 6543,
      tls: 'off' as const,
      database: 'audit',
      user: 'reader',
      sourceAccount: null,
      zone: 'Europe/Berlin',
      mirror: { rows: true, fields: null, days: null },
    };
    const draft = draftFromConnection(known, '');
    expect(draft).toMatchObject({ way: 'fields', password: '', sourceAccount: '' });
    expect(readConnectDraft(draft)).toMatchObject({
      errors: {},
      request: {
        host: 'db',
        port: 6543,
        tls: 'off',
        database: 'audit',
        user: 'reader',
        zone: 'Europe/Berlin',
      },
    });
  });
});

describe('connecting again', () => {
  const mapping = [
    { field: 'id' as const, reference: { column: 'key' }, type: 'uuid' },
    { field: 'ip' as const, reference: { column: 'details', jsonKey: 'ip' }, type: 'jsonb' },
  ];
  const source = { schema: 'log', table: 'trail', mapping } as unknown as RememberedSource;

  it('keeps a mapping of its own, and lets known tables be recognised', () => {
    expect(customMappingText({ ...source, preset: 'naap' })).toBe('');
    expect(customMappingText(null)).toBe('');
    expect(JSON.parse(customMappingText({ ...source, preset: 'custom' }))).toEqual({
      schema: 'log',
      table: 'trail',
      columns: { id: { column: 'key' }, ip: { column: 'details', jsonKey: 'ip' } },
    });
  });
});

describe('a password in a URL', () => {
  it.each([
    ['postgresql://u:p@h/d', 'postgresql://u@h/d', 'p'],
    [' postgres://u:a%20b%2F@h:1/d?sslmode=disable', ' postgres://u@h:1/d?sslmode=disable', 'a b/'],
    ['postgresql://u:p@ss@h/d', 'postgresql://u@h/d', 'p@ss'],
    ['postgresql://u:100%@h/d', 'postgresql://u@h/d', '100%'],
    ['postgresql://u:a:b@h', 'postgresql://u@h', 'a:b'],
    ['postgresql:///d?host=h&password=p&user=u', 'postgresql:///d?host=h&user=u', 'p'],
    ['postgresql:///d?password=p', 'postgresql:///d', 'p'],
    ['postgresql:///d?password=p&user=u', 'postgresql:///d?user=u', 'p'],
  ])('is taken out of %s', (given, rest, password) => {
    expect(partPassword(given)).toEqual({ url: rest, password });
  });

  it.each(['postgresql://u@h/d', 'postgresql://h:5432/d', 'postgresql://u:@h/d', 'https://u:p@h/', ''])(
    'is not found in %s',
    (given) => {
      expect(partPassword(given)).toBeNull();
    },
  );

  it('never stays, whatever it is made of, and what is left names the same server', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (password) => {
        const url = `postgresql://reader:${encodeURIComponent(password.toWellFormed())}@db:5432/audit`;
        const parted = partPassword(url);
        expect(parted).toEqual({
          url: 'postgresql://reader@db:5432/audit',
          password: password.toWellFormed(),
        });
      }),
    );
  });
});

describe('readConnectDraft', () => {
  it('reads a URL with what stands beside it, and nothing of the other fields', () => {
    const { request, errors } = readConnectDraft({
      ...url,
      host: 'other',
      password: ' p ',
      sourceAccount: 'primary',
    });
    expect(errors).toEqual({});
    expect(request).toEqual({
      url: 'postgresql://reader@db/audit',
      password: ' p ',
      sourceAccount: 'primary',
      zone: 'UTC',
    });
  });

  it('reads fields, the encryption among them', () => {
    const { request, errors } = readConnectDraft({ ...fields, tls: 'off', caFile: '/ca.pem' });
    expect(errors).toEqual({});
    expect(request).toMatchObject({ host: 'db', port: 5432, database: 'audit', user: 'reader', tls: 'off' });
    expect(request).not.toHaveProperty('url');
    expect(connectRequest.safeParse(request).success).toBe(true);
  });

  it('says which fields are missing or wrong', () => {
    expect(Object.keys(readConnectDraft({ ...fields, host: '', port: '70000' }).errors)).toEqual([
      'port',
      'host',
    ]);
    expect(Object.keys(readConnectDraft({ ...url, url: 'mysql://x' }).errors)).toEqual(['url']);
    expect(Object.keys(readConnectDraft({ ...fields, port: '' }).errors)).toEqual(['port']);
  });

  it('accepts its own example of a mapping', () => {
    const { request, errors } = readConnectDraft({ ...url, mapping: exampleMapping });
    expect(errors).toEqual({});
    expect(request.mapping?.columns.ip).toEqual({ column: 'details', jsonKey: 'ip' });
  });

  it.each([
    ['{', 'This is not JSON'],
    ['{"table": "t"}', 'columns'],
    ['{"table": "t", "columns": {"id": "id", "createdAt": "at"}}', 'actor and action'],
    ['{"table": "t", "columns": {"id": "id", "surname": "x"}}', 'Known fields'],
  ])('explains what is wrong with the mapping %s', (mapping, words) => {
    expect(readConnectDraft({ ...url, mapping }).errors.mapping).toContain(words);
  });
});

describe('what is kept here', () => {
  const mirrorOf = (part: Partial<typeof url>) => readConnectDraft({ ...url, ...part });

  it('is everything unless something is said', () => {
    expect(mirrorOf({}).request.mirror).toBeUndefined();
    expect(mirrorOf({ keeps: 'cells', mirrorFields: 'ignored', mirrorDays: 'x' })).toMatchObject({
      errors: {},
      request: { mirror: { rows: false, fields: null, days: null } },
    });
  });

  it('can be some fields, for some days', () => {
    expect(mirrorOf({ mirrorFields: ' ip, metadata ', mirrorDays: '400' }).request.mirror).toEqual({
      rows: true,
      fields: ['ip', 'metadata'],
      days: 400,
    });
    expect(mirrorOf({ mirrorFields: 'none' }).request.mirror).toEqual({ rows: true, fields: [], days: null });
  });

  it('is asked for again where it cannot be', () => {
    const { request, errors } = mirrorOf({ mirrorFields: 'ip, actor', mirrorDays: '20' });
    expect(errors.mirrorFields).toMatch(/no field “actor”.*userAgent.*“none”/);
    expect(errors.mirrorDays).toMatch(/from 100 to 36,500/);
    expect(request.mirror).toBeUndefined();
  });

  it('is filled in from what is known, and means the same when it is sent', () => {
    const known = {
      host: 'db',
      port: 1,
      tls: 'off' as const,
      database: 'a',
      user: 'u',
      sourceAccount: null,
      zone: 'UTC',
    };
    for (const mirror of [
      { rows: false, fields: null, days: null },
      { rows: true, fields: [], days: 100 },
      { rows: true, fields: ['ip' as const], days: null },
    ])
      expect(readConnectDraft(draftFromConnection({ ...known, mirror }, '')).request.mirror).toEqual(mirror);
  });
});

// What is typed becomes a request, or a sentence for the field that stands in its way.
import { describe, expect, it } from 'vitest';
import { connectRequest } from '../../../../src-shared/model/connection.ts';
import {
  draftFromConnection,
  emptyConnectDraft,
  exampleMapping,
  readConnectDraft,
} from '../../../../src-renderer/screens/welcome/connect-form.ts';

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
    const draft = draftFromConnection(known);
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
      expect(readConnectDraft(draftFromConnection({ ...known, mirror })).request.mirror).toEqual(mirror);
  });
});

// TLS against a real server whose certificate comes from a CA made by the openssl command.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unlimitedMirror, type ConnectionProfile } from '#shared/model/connection.ts';
import { closeSource, connectSource, describeTls } from '../../../src-main/source/client.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { problemOf } from '../../unit/source/problem-of.ts';
import { patience } from './audit-database.ts';

const openssl = (...parameters: string[]) => promisify(execFile)('openssl', parameters);

let folder: string;
const servers: Record<string, TestPostgres> = {};

async function createAuthority(): Promise<void> {
  await openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '30',
    '-subj',
    '/CN=Test authority',
    '-keyout',
    join(folder, 'ca.key'),
    '-out',
    join(folder, 'ca.pem'),
  );
}

async function startWithCertificate(
  name: string,
  subjectName: string,
  days: string[],
): Promise<TestPostgres> {
  const [key, request, certificate] = ['key', 'csr', 'crt'].map((ending) =>
    join(folder, `${name}.${ending}`),
  );
  await openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=audit',
    '-addext',
    `subjectAltName=${subjectName}`,
    '-keyout',
    key!,
    '-out',
    request!,
  );
  await openssl(
    'x509',
    '-req',
    '-in',
    request!,
    '-copy_extensions',
    'copy',
    '-CA',
    join(folder, 'ca.pem'),
    '-CAkey',
    join(folder, 'ca.key'),
    '-CAcreateserial',
    '-out',
    certificate!,
    ...days,
  );
  return startPostgres({
    postgresFlags: ['ssl=on', 'ssl_cert_file=server.crt', 'ssl_key_file=server.key'],
    files: {
      'server.crt': await readFile(certificate!, 'utf8'),
      'server.key': await readFile(key!, 'utf8'),
    },
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-tls-'));
  await createAuthority();
  servers.right = await startWithCertificate('right', 'IP:127.0.0.1,DNS:localhost', ['-days', '30']);
  servers.other = await startWithCertificate('other', 'DNS:elsewhere.example', ['-days', '30']);
  const past = ['-not_before', '20200101000000Z', '-not_after', '20200201000000Z'];
  servers.expired = await startWithCertificate('expired', 'IP:127.0.0.1', past).catch(() =>
    // Before OpenSSL 3.4 the x509 command cannot date a certificate back; a negative term ends it in the past.
    startWithCertificate('expired', 'IP:127.0.0.1', ['-days', '-1']),
  );
});
afterAll(async () => {
  await Promise.all(Object.values(servers).map((server) => server.stop()));
  if (folder) await rm(folder, { recursive: true });
});

function profile(server: string, overrides: Partial<ConnectionProfile> = {}): ConnectionProfile {
  const postgres = servers[server]!;
  return {
    host: postgres.host,
    port: postgres.port,
    mirror: unlimitedMirror,
    database: 'postgres',
    user: postgres.user,
    tls: 'verify',
    caFile: join(folder, 'ca.pem'),
    sourceAccount: null,
    zone: 'UTC',
    mapping: null,
    ...overrides,
  };
}

async function refusal(connection: ConnectionProfile) {
  const problem = await problemOf(connectSource(connection, servers.right!.password, patience));
  expect(problem.code).toBe('source-tls');
  return problem.message;
}

describe('TLS', () => {
  it.each(['127.0.0.1', 'localhost'])('is verified with the CA file, for %s', async (host) => {
    const client = await connectSource(profile('right', { host }), servers.right!.password, patience);
    expect(describeTls(client)).toMatch(/^TLSv1\.[23], certificate verified$/);
    await closeSource(client);
  });

  it('refuses a certificate no known authority signed', async () => {
    expect(await refusal(profile('right', { caFile: null }))).toMatch(/not signed by an authority/);
  });

  it('refuses a certificate for another host', async () => {
    expect(await refusal(profile('other'))).toMatch(/another name/);
  });

  it('refuses a certificate that has expired', async () => {
    expect(await refusal(profile('expired'))).toMatch(/period of validity/);
  });

  it('cannot be weakened by the environment', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    process.env.PGSSLMODE = 'disable';
    try {
      expect(await refusal(profile('right', { caFile: null }))).toMatch(/not signed by an authority/);
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      delete process.env.PGSSLMODE;
    }
  });
});

// A timestamp authority of our own: certificates and replies by the openssl command, served over HTTP on this machine.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const configuration = `
[ca]
default_ca = authority
[authority]
dir = .
database = index
serial = serial
new_certs_dir = issued
default_md = sha256
policy = any
unique_subject = no
default_days = 30
[any]
commonName = supplied
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
subjectKeyIdentifier = none
[middle]
basicConstraints = critical,CA:true,pathlen:0
keyUsage = critical,keyCertSign
[service]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
authorityKeyIdentifier = none
[loose]
extendedKeyUsage = critical,timeStamping
[web]
extendedKeyUsage = critical,serverAuth
[lax]
extendedKeyUsage = timeStamping
[both]
extendedKeyUsage = critical,timeStamping,serverAuth
[no-signing]
keyUsage = critical,keyAgreement
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = stamps
[stamps]
serial = ./stamp-serial
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
signer_digest = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
`;

export type Authority = {
  readonly folder: string;
  readonly openssl: (...given: string[]) => Buffer;
  readonly pem: (name: string) => string;
  /** A service certificate with the given extensions, from the root or from another authority. */
  readonly issue: (name: string, extensions: string, options?: IssueOptions) => void;
  /** The reply to a query in DER by the named service. */
  readonly stamp: (query: Uint8Array, service?: string, ...given: string[]) => Buffer;
  readonly remove: () => void;
};
type IssueOptions = {
  readonly by?: string;
  readonly dates?: readonly [string, string];
  readonly rsa?: boolean;
};

/** Makes `root`, and the service `tsa` certified by it. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-tsa-'));
  const openssl = (...given: string[]) =>
    execFileSync('openssl', given, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 });
  mkdirSync(join(folder, 'issued'));
  writeFileSync(join(folder, 'cnf'), configuration);
  writeFileSync(join(folder, 'index'), '');
  writeFileSync(join(folder, 'serial'), '1000\n');
  writeFileSync(join(folder, 'stamp-serial'), '01\n');
  const request = (name: string, rsa = false) => {
    const kind = rsa ? ['-newkey', 'rsa:2048'] : ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    const files = ['-keyout', `${name}.key`, '-out', `${name}.csr`];
    openssl('req', ...kind, '-nodes', '-subj', `/CN=Test ${name}`, ...files);
  };
  const issue: Authority['issue'] = (name, extensions, { by = 'root', dates, rsa = false } = {}) => {
    request(name, rsa);
    const signer = by === name ? ['-selfsign'] : ['-cert', `${by}.pem`];
    const span = dates ? ['-startdate', dates[0], '-enddate', dates[1]] : [];
    const files = ['-keyfile', `${by}.key`, '-in', `${name}.csr`, '-out', `${name}.pem`];
    openssl(
      'ca',
      '-batch',
      '-notext',
      '-config',
      'cnf',
      '-extensions',
      extensions,
      ...signer,
      ...span,
      ...files,
    );
  };
  const stamp: Authority['stamp'] = (query, service = 'tsa', ...given) => {
    writeFileSync(join(folder, 'query'), query);
    const signer = ['-signer', `${service}.pem`, '-inkey', `${service}.key`];
    openssl(
      'ts',
      '-reply',
      '-config',
      'cnf',
      '-section',
      'stamps',
      '-queryfile',
      'query',
      ...signer,
      '-out',
      'reply',
      ...given,
    );
    return readFileSync(join(folder, 'reply'));
  };
  issue('root', 'root', { by: 'root' });
  issue('tsa', 'service');
  return {
    folder,
    openssl,
    issue,
    stamp,
    pem: (name) => readFileSync(join(folder, `${name}.pem`), 'utf8'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export type Answer = (body: Buffer, response: ServerResponse, request: IncomingMessage) => void;
export type TimestampServer = {
  readonly address: (path: string) => string;
  /** How many requests came in. */
  readonly asked: () => number;
  readonly close: () => Promise<void>;
};

export const replyWith =
  (make: (body: Buffer) => Uint8Array): Answer =>
  (body, response) =>
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(make(body));

/** Serves one answer for each path on the loopback address. */
export async function serveTimestamps(answers: Readonly<Record<string, Answer>>): Promise<TimestampServer> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => answers[request.url ?? '']?.(Buffer.concat(parts), response, request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The server has no port.');
  return {
    address: (path) => `http://127.0.0.1:${bound.port}${path}`,
    asked: () => asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

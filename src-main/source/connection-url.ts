// Reads a PostgreSQL connection URL without ever repeating it: it may hold a password.
import { Problem } from '#shared/model/problem.ts';

/** What a URL says; absent parts are undefined. */
export interface ConnectionUrl {
  host?: string;
  port?: number;
  database?: string;
  user?: string;
  password?: string;
  tls?: 'verify' | 'off';
  caFile?: string;
}

const sslModes: Readonly<Record<string, 'verify' | 'off' | 'unverified'>> = {
  disable: 'off',
  require: 'verify',
  'verify-ca': 'verify',
  'verify-full': 'verify',
  allow: 'unverified',
  prefer: 'unverified',
  'no-verify': 'unverified',
};

/** Left out silently they would change who is asked, or how; anything else (pool sizes and the like) does not. */
const refusedParameters = [
  'sslcert',
  'sslkey',
  'sslcrl',
  'sslcrldir',
  'service',
  'passfile',
  'options',
  'hostaddr',
];

const form =
  'Write it as postgresql://user:password@host:5432/database, with special characters percent-encoded.';

/**
 * Reads `postgresql://user:password@host:port/database?sslmode=…&sslrootcert=…`.
 * @throws Problem `invalid-input`; its text never repeats any part of the URL but a parameter's name.
 */
export function readConnectionUrl(text: string): ConnectionUrl {
  const url = parse(text.trim());
  const parameters = url.searchParams;
  for (const name of refusedParameters) {
    if (parameters.has(name))
      throw invalid(
        `This program cannot honour “${name}” in a connection URL.`,
        'Leave it out and try again.',
      );
  }
  const host = decode(url.hostname).replace(/^\[(.*)\]$/, '$1') || parameters.get('host');
  if (host?.includes(','))
    throw invalid('The connection URL names several hosts.', 'Give the one to read from.');
  const tls = tlsOf(parameters);
  const caFile = parameters.get('sslrootcert');
  const port = readPort(url.port || parameters.get('port'));
  return present({
    host,
    port,
    database: decode(url.pathname.slice(1)) || parameters.get('dbname'),
    user: decode(url.username) || parameters.get('user'),
    password: decode(url.password) || parameters.get('password'),
    tls,
    caFile: caFile === 'system' ? null : caFile,
  });
}

function parse(text: string): URL {
  if (!URL.canParse(text)) throw invalid('The connection URL cannot be read.', form);
  const url = new URL(text);
  if (url.protocol !== 'postgresql:' && url.protocol !== 'postgres:')
    throw invalid('The connection URL does not start with postgresql://.', form);
  if (url.hash !== '') throw invalid('The connection URL contains a “#” that is not percent-encoded.', form);
  return url;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // The URIError repeats nothing useful, and its cause would carry a piece of the password.
    throw invalid('The connection URL contains a “%” that is not followed by two hex digits.', form);
  }
}

function readPort(text: string | null): number | null {
  if (text === null || text === '') return null;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535)
    throw invalid('The port in the connection URL is not between 1 and 65535.', form);
  return port;
}

function tlsOf(parameters: URLSearchParams): 'verify' | 'off' | null {
  const mode = parameters.get('sslmode') ?? modeOfSsl(parameters.get('ssl'));
  if (mode === null) return null;
  const tls = Object.hasOwn(sslModes, mode) ? sslModes[mode] : undefined;
  if (tls === undefined)
    throw invalid(
      'The sslmode in the connection URL is not one PostgreSQL knows.',
      'Use verify-full or disable.',
    );
  if (tls === 'unverified')
    throw invalid(
      `sslmode=${mode} would accept any server without checking who it is; this program does not do that.`,
      'Use sslmode=verify-full, with sslrootcert for a CA of your own, or sslmode=disable on a network you trust.',
    );
  return tls;
}

function modeOfSsl(ssl: string | null): string | null {
  if (ssl === null) return null;
  if (ssl === 'true' || ssl === '1') return 'verify-full';
  return ssl === 'false' || ssl === '0' ? 'disable' : ssl;
}

function present(parts: { [Name in keyof ConnectionUrl]-?: ConnectionUrl[Name] | null }): ConnectionUrl {
  return Object.fromEntries(
    Object.entries(parts).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  );
}

function invalid(message: string, next: string): Problem {
  return new Problem('invalid-input', message, { next });
}

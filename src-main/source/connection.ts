// Turns what a person entered, a URL or fields, into a connection profile and a password kept apart.
import { isIP } from 'node:net';
import {
  mappedFields,
  unlimitedMirror,
  type ConnectionProfile,
  type ConnectRequest,
  type Mapping,
} from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import { assertZone } from '#shared/time/hour-of-week.ts';
import { readConnectionUrl } from './connection-url.ts';

/** IANA: the port registered for PostgreSQL. */
const registeredPort = 5432;

/** The name a mapping file gets in place of a preset's. */
export const customPreset = 'custom';

/**
 * Reads a request; fields win over the URL. TLS is verified unless it is switched off in so many words.
 * @param defaultZone IANA name used when the request names none.
 * @throws Problem `invalid-input`
 */
export function readConnectRequest(
  request: ConnectRequest,
  defaultZone: string,
): { profile: ConnectionProfile; password: string } {
  const url = request.url?.trim() ? readConnectionUrl(request.url) : {};
  const host = required('host', filled(request.host) ?? url.host);
  const tls = request.tls ?? url.tls ?? 'verify';
  const caFile = filled(request.caFile) ?? url.caFile ?? null;
  assertReachableSafely(host, tls, caFile);
  const profile: ConnectionProfile = {
    host,
    port: checkedPort(request.port ?? url.port ?? registeredPort),
    database: required('database', filled(request.database) ?? url.database),
    user: required('user', filled(request.user) ?? url.user),
    tls,
    caFile,
    sourceAccount: filled(request.sourceAccount) ?? null,
    zone: assertZone(filled(request.zone) ?? defaultZone),
    mapping: request.mapping ? customMapping(request.mapping) : null,
    mirror: request.mirror ?? unlimitedMirror,
  };
  return { profile, password: request.password ?? url.password ?? '' };
}

/** A mapping file as a mapping: plain strings become column references. */
export function customMapping(file: NonNullable<ConnectRequest['mapping']>): Mapping {
  const columns: Mapping['columns'] = {};
  for (const field of mappedFields) {
    const reference = file.columns[field];
    if (reference) columns[field] = typeof reference === 'string' ? { column: reference } : reference;
  }
  return { preset: customPreset, schema: file.schema, table: file.table, columns };
}

/** True for addresses that never leave this computer. */
export function isLocalHost(host: string): boolean {
  if (host.startsWith('/') || host.toLowerCase() === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

function assertReachableSafely(host: string, tls: 'verify' | 'off', caFile: string | null): void {
  if (/[\s,]/.test(host)) throw invalid('The host is not one name or address.', 'Give exactly one host.');
  if (host.startsWith('/') && tls === 'verify')
    throw invalid(
      'A local socket cannot use TLS.',
      'Turn TLS off for it (sslmode=disable), or give a host name.',
    );
  if (tls === 'off' && caFile !== null)
    throw invalid('A CA file was given, but TLS is off.', 'Leave one of the two out.');
}

function checkedPort(port: number): number {
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw invalid('The port is not between 1 and 65535.', 'Leave it out for the usual 5432.');
}

function required(name: 'host' | 'database' | 'user', value: string | undefined): string {
  if (value !== undefined) return value;
  throw invalid(`The connection names no ${name}.`, `Give the ${name} in its field or in the URL.`);
}

function filled(value: string | undefined): string | undefined {
  return value?.trim() ? value.trim() : undefined;
}

function invalid(message: string, next: string): Problem {
  return new Problem('invalid-input', message, { next });
}

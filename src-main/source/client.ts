// Opens a session on an audit database: verified TLS, fixed settings, read-only unless it is for writing decisions.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { TLSSocket, type ConnectionOptions } from 'node:tls';
import { Client } from 'pg';
import type { ConnectionProfile } from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import { defaultSourceAccount } from './default-account.ts';
import { cancelledProblem, sourceProblem } from './problems.ts';
import { ask } from './query.ts';

export interface SessionOptions {
  purpose: 'read' | 'write';
  /** The server stops any statement after this; 0 means never. */
  statementTimeoutMs: number;
  connectTimeoutMs: number;
  /** Aborting gives up connecting. Later queries take their own signal. */
  signal?: AbortSignal;
}

/** An open session; other rooms pass it on without knowing the driver. */
export type SourceClient = Client;

const graceMs = 10_000;
const keepAliveAfterMs = 10_000;
const longestLockWaitMs = 5_000;
/** Inside a transaction, between two queries: time to store what the last one brought. */
const longestPauseMs = 60_000;
const longestGoodbyeMs = 2_000;

/**
 * Opens a session. The write session is READ COMMITTED, which compare-and-set relies on; the read session refuses writes.
 * @throws Problem, with a sentence of its own for each cause.
 */
export async function connectSource(
  profile: ConnectionProfile,
  password: string,
  options: SessionOptions,
): Promise<Client> {
  if (options.signal?.aborted) throw cancelledProblem(options.signal.reason);
  const client = new Client({
    // Decisions leave in batches; the next one need not wait for the answer to the last.
    ...(options.purpose === 'write' && { pipeline: true }),
    host: profile.host,
    port: profile.port,
    database: profile.database,
    user: profile.user,
    // A function, because an empty string would make the driver look into the environment and into ~/.pgpass.
    password: () => password,
    ssl: profile.tls === 'off' ? false : await verifiedTls(profile.caFile),
    sslnegotiation: 'postgres',
    application_name: 'countersign',
    connectionTimeoutMillis: options.connectTimeoutMs,
    query_timeout: options.statementTimeoutMs === 0 ? undefined : options.statementTimeoutMs + graceMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
  });
  // Without a listener a dropped connection ends the process; the next query reports it to whoever asks.
  client.on('error', () => undefined);
  const giveUp = () => void client.connection.stream.destroy();
  options.signal?.addEventListener('abort', giveUp, { once: true });
  try {
    await client.connect();
    await applySettings(client, sessionSettings(profile, options));
    await noticeLostClients(client);
    return client;
  } catch (error) {
    await closeSource(client);
    throw options.signal?.aborted ? cancelledProblem(error) : sourceProblem(error);
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
}

/** Ends the session; never fails and never waits long for a server that has gone. */
export async function closeSource(client: Client): Promise<void> {
  const timer = setTimeout(() => void client.connection.stream.destroy(), longestGoodbyeMs);
  try {
    await client.end();
  } catch {
    // The session is over either way, and whoever closes it has nothing left to do about an error.
    client.connection.stream.destroy();
  } finally {
    clearTimeout(timer);
  }
}

/** How the session is protected, in words: `TLSv1.3, certificate verified` or `off`. */
export function describeTls(client: Client): string {
  const { stream } = client.connection;
  if (!(stream instanceof TLSSocket)) return 'off';
  return `${stream.getProtocol() ?? 'TLS'}, certificate ${stream.authorized ? 'verified' : 'not verified'}`;
}

async function verifiedTls(caFile: string | null): Promise<ConnectionOptions> {
  if (caFile === null) return { rejectUnauthorized: true };
  try {
    const ca = await readFile(caFile, 'utf8');
    assertCertificate(ca);
    return { rejectUnauthorized: true, ca };
  } catch (cause) {
    throw new Problem(
      'file-unreadable',
      'The CA file cannot be read as a PEM certificate. Nothing was sent.',
      {
        next: 'Check the path; the file must begin with “-----BEGIN CERTIFICATE-----”.',
        cause,
      },
    );
  }
}

/** The TLS layer would take a file without any certificate and then trust nobody, which explains nothing. */
function assertCertificate(pem: string): X509Certificate {
  return new X509Certificate(pem);
}

function sessionSettings(
  profile: ConnectionProfile,
  options: SessionOptions,
): [name: string, value: string][] {
  // Shorter than the statement's time, so that a lock is told apart from a slow query.
  const lockWaitMs = Math.min(options.statementTimeoutMs / 2 || longestLockWaitMs, longestLockWaitMs);
  return [
    ['client_encoding', 'UTF8'],
    ['TimeZone', 'UTC'],
    ['DateStyle', 'ISO, YMD'],
    ['extra_float_digits', '3'],
    // pg_catalog first, so that nothing in public can stand in for a built-in function.
    ['search_path', 'pg_catalog, public, pg_temp'],
    ['row_security', 'on'],
    ['default_transaction_isolation', 'read committed'],
    ['default_transaction_read_only', options.purpose === 'read' ? 'on' : 'off'],
    ['statement_timeout', String(options.statementTimeoutMs)],
    ['lock_timeout', String(Math.ceil(lockWaitMs))],
    ['idle_in_transaction_session_timeout', String(Math.max(options.statementTimeoutMs, longestPauseMs))],
    // Unset, the published row-level policies answer zero rows instead of an error.
    ['app.source_account_id', profile.sourceAccount ?? defaultSourceAccount],
  ];
}

/** After connecting rather than in the start-up packet, which connection poolers refuse to pass on. */
async function applySettings(client: Client, settings: [name: string, value: string][]): Promise<void> {
  await ask(client, {
    text: 'SELECT set_config(s.name, s.value, false) FROM unnest($1::text[], $2::text[]) AS s(name, value)',
    values: [settings.map(([name]) => name), settings.map(([, value]) => value)],
  });
}

/** Lets the server stop a running query soon after this program has gone; older and Windows servers cannot. */
async function noticeLostClients(client: Client): Promise<void> {
  try {
    await ask(client, {
      text: "SELECT set_config(name, '2000', false) FROM pg_settings WHERE name = 'client_connection_check_interval'",
      values: [],
    });
  } catch (error) {
    if (client.connection.stream.destroyed) throw error;
  }
}

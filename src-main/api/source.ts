// Connecting: look at a database, remember it, ask whether it answers.
import { Problem } from '#shared/model/problem.ts';
import type { ConnectionProfile, ConnectRequest, InspectionReport } from '#shared/model/connection.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { databaseIdentity, mirrorIdentity } from '../analytics/source-identity.ts';
import type { FoundDatabase } from '../review/database-pin.ts';
import type { LedgerState } from '../review/projection.ts';
import { unfitReviewerWarnings } from '../review/reviewer-column.ts';
import { presentActor } from '../review/shown-reviewer.ts';
import { assertNoPack } from '../review/work-papers/open-pack.ts';
import { claimMirror } from '../store/cache/mirror.ts';
import { clearSchemaDrift } from '../store/cache/schema-drift.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import { customMapping, readConnectRequest } from '../source/connection.ts';
import { closeSource, connectSource } from '../source/client.ts';
import { serverClock } from '../source/clock.ts';
import { readPreview } from '../source/events.ts';
import { toAuditEvent } from '../source/source-event.ts';
import { inspectSource } from '../source/inspect.ts';
import { takeFingerprint } from '../source/schema-fingerprint.ts';
import { readSecret, storeSecret } from '../store/sealed-secrets.ts';
import type { Workstation } from '../workstation.ts';
import { admitDatabase, assertPinned, describeOther, standingOf } from './pinned-database.ts';
import { procedures } from './procedures.ts';
import { assertAsSeen, assertUnchanged, describeChanges } from './schema-guard.ts';

const passwordSecret = 'database-password';
const connectTimeoutMs = 10_000;

export function sourceProcedures(workstation: Workstation) {
  const { source } = procedures;
  return {
    inspect: source.inspect.handler(async ({ input }) => (await look(workstation, input)).report),
    preview: source.preview.handler(async ({ input }) => {
      const { profile, password } = await askedConnection(workstation, input);
      return withSession(profile, password, async (client) => {
        const { mapping } = await inspectSource(client, profile, workstation.clock.nowMs);
        const preview = await readPreview(client, mapping, profile.sourceAccount, previewRows);
        return { ...preview, events: preview.events.map(toAuditEvent) };
      });
    }),
    report: source.report.handler(() => reportRemembered(workstation)),
    connect: source.connect.handler(({ input }) => connect(workstation, input, false)),
    reconnect: source.reconnect.handler(({ input }) => reconnect(workstation, input)),
    probe: source.probe.handler(() => probe(workstation)),
  };
}

const previewRows = 5;

/**
 * Inspects a database and makes it this workspace's source.
 * @throws Problem `refused` when the workspace is pinned to another database, `source-changed`
 */
export async function connect(
  workstation: Workstation,
  request: ConnectRequest,
  isSample: boolean,
): Promise<InspectionReport> {
  const looked = await look(workstation, request);
  const confirmed = request.confirmChanges === true ? (looked.report.changes ?? []) : null;
  return adopt(workstation, looked, { isSample, confirmed, sameDatabase: request.sameDatabase });
}

type Reconnection = {
  readonly mapping?: NonNullable<ConnectRequest['mapping']> | undefined;
  readonly confirmed?: readonly string[] | undefined;
};

/**
 * Connects again as remembered, with the password kept for it.
 * @throws Problem `not-connected`; `source-changed` when it differs from what it was and nobody confirmed exactly that
 */
async function reconnect(
  workstation: Workstation,
  { mapping, confirmed }: Reconnection,
): Promise<InspectionReport> {
  const { profile, password } = await rememberedSource(workstation);
  const isSample = workstation.ledger.state().connection?.isSample === true;
  const asked = mapping === undefined ? profile : { ...profile, mapping: customMapping(mapping) };
  const looked = await lookWith(workstation, asked, password);
  if (confirmed !== undefined) assertAsSeen(confirmed, looked.report.changes);
  return adopt(workstation, looked, { isSample, confirmed: confirmed ?? null, sameDatabase: undefined });
}

type Terms = {
  readonly isSample: boolean;
  /** How it differs from what it was, where a person said that it is meant; null where nobody did. */
  readonly confirmed: readonly string[] | null;
  readonly sameDatabase: ConnectRequest['sameDatabase'];
};

/** Makes a database that was looked at this workspace's source. */
async function adopt(
  workstation: Workstation,
  { report, profile, password, found, fingerprint }: Awaited<ReturnType<typeof lookWith>>,
  { isSample, confirmed, sameDatabase: stated }: Terms,
): Promise<InspectionReport> {
  const { identity } = found;
  const remembered = { ...profile, mapping: report.mapping, isSample, identity, fingerprint };
  const admit = (state: LedgerState) => admitDatabase(state, found, stated);
  admit(workstation.ledger.state());
  if (confirmed === null && !isSample) {
    const compared = asBefore(workstation.ledger.state(), found, stated !== undefined);
    assertUnchanged(workstation.ledger.state(), { ...remembered, identity: compared });
  }
  assertNoPack(workstation.ledger.state());
  await storeSecret(workstation.directory, workstation.secretSeal, passwordSecret, password);
  workstation.ledger.setClockOffset(report.clockOffsetMs);
  workstation.ledger.append((state) => {
    const sameDatabase = admit(state);
    assertNoPack(state);
    if (state.connection && canonicalJson(state.connection) === canonicalJson(remembered)) return [];
    const payload = {
      ...remembered,
      ...(sameDatabase && { sameDatabase }),
      ...(confirmed && confirmed.length > 0 && { confirmed: { differences: confirmed } }),
    };
    return [{ type: 'connection-changed', subject: null, actor: presentActor(state), payload }];
  });
  // At once, so that nobody decides on, or exports, what another source held.
  claimMirror(workstation.cache, mirrorIdentity(identity, report.mapping, profile));
  clearSchemaDrift(workstation.cache);
  const { otherDatabase: _admitted, ...connected } = report;
  return connected;
}

/** The identity to compare tables under: that of the connection in force where this is the same database by another name. */
function asBefore(state: LedgerState, found: FoundDatabase, isStated: boolean): string {
  const { is } = standingOf(state, found);
  const isSame = is === 'same-address' || (is === 'undecided' && isStated);
  return (isSame ? state.connection?.identity : null) ?? found.identity;
}

async function look(workstation: Workstation, request: ConnectRequest) {
  const { profile, password } = await askedConnection(workstation, request);
  return lookWith(workstation, profile, password);
}

/** What a request asks for. Without a password it gets the one kept for the same user of the same database, and for nobody else. */
export async function askedConnection(
  workstation: Workstation,
  request: ConnectRequest,
): Promise<{ profile: ConnectionProfile; password: string }> {
  const { connection } = workstation.ledger.state();
  const asked = readConnectRequest(request, connection?.zone ?? workstation.zone);
  if (asked.password !== '' || connection === null || !isSameLogin(asked.profile, connection)) return asked;
  const kept = await readSecret(workstation.directory, workstation.secretSeal, passwordSecret);
  return { ...asked, password: kept ?? '' };
}

const loginParts = ['host', 'port', 'database', 'user', 'tls', 'caFile'] as const;

/** Whether a password would go where it went before, and no less protected. */
function isSameLogin(one: ConnectionProfile, other: ConnectionProfile): boolean {
  return loginParts.every((part) => one[part] === other[part]);
}

async function lookWith(workstation: Workstation, profile: ConnectionProfile, password: string) {
  return withSession(profile, password, async (client) => {
    const { systemIdentifier } = await serverClock(client);
    const found = { ...profile, identity: databaseIdentity(profile, systemIdentifier) };
    const report = await inspectSource(client, profile, workstation.clock.nowMs).catch((error: unknown) => {
      // What another database lacks is no news to anybody; that it is another one is.
      assertPinned(workstation.ledger.state(), found, error);
      throw error;
    });
    const fingerprint = await takeFingerprint(client, report.mapping);
    const state = workstation.ledger.state();
    const changes = describeChanges(state, {
      identity: asBefore(state, found, true),
      user: profile.user,
      fingerprint,
    });
    const otherDatabase = describeOther(state, found);
    const warnings = [...report.warnings, ...unfitReviewerWarnings(state, fingerprint)];
    return {
      report: { ...report, changes, warnings, ...(otherDatabase && { otherDatabase }) },
      profile,
      password,
      found,
      fingerprint,
    };
  });
}

/** @throws Problem `not-connected`, or what keeps the database from being looked at */
async function reportRemembered(workstation: Workstation): Promise<InspectionReport> {
  const { profile, password } = await rememberedSource(workstation);
  return (await lookWith(workstation, profile, password)).report;
}

export async function withSession<T>(
  profile: ConnectionProfile,
  password: string,
  work: (client: Awaited<ReturnType<typeof connectSource>>) => Promise<T>,
): Promise<T> {
  const client = await connectSource(profile, password, {
    purpose: 'read',
    statementTimeoutMs: 60_000,
    connectTimeoutMs,
  });
  try {
    return await work(client);
  } finally {
    await closeSource(client);
  }
}

/** The connection this workspace remembers, with its unsealed password. */
export async function rememberedSource(
  workstation: Workstation,
): Promise<{ profile: ConnectionProfile; password: string; identity: string | null }> {
  const { connection } = workstation.ledger.state();
  if (!connection) {
    throw new Problem('not-connected', 'This workspace is not connected to an audit database yet.', {
      next: 'Connect to one, or explore the sample data.',
    });
  }
  const { isSample: _isSample, fingerprint: _fingerprint, identity, ...profile } = connection;
  const password = await readSecret(workstation.directory, workstation.secretSeal, passwordSecret);
  return { profile, password: password ?? '', identity };
}

async function probe(
  workstation: Workstation,
): Promise<{ online: boolean; checkedAt: string; message: string | null }> {
  const checkedAt = formatInstant(workstation.clock.nowMs() * 1000);
  try {
    const { profile, password } = await rememberedSource(workstation);
    const client = await connectSource(profile, password, {
      purpose: 'read',
      statementTimeoutMs: 5_000,
      connectTimeoutMs: 5_000,
    });
    await closeSource(client);
    return { online: true, checkedAt, message: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { online: false, checkedAt, message: error.message };
  }
}

// A small, complete input for an evidence pack, with values that try to break out of every format it is written to.
import { createPrivateKey } from 'node:crypto';
import type { LedgerEntry, LedgerEntryType } from '#shared/model/evidence.ts';
import type { Finding } from '#shared/model/finding.ts';
import { decision, type Decision, type Review } from '#shared/model/review.ts';
import { genesisHash, hashEntry } from '../../../src-main/evidence/entry-hash.ts';
import type { LedgerLine, PackInput } from '../../../src-main/evidence/pack-input.ts';
import { allowedSignersLine } from '../../../src-main/evidence/signer-identity.ts';
import { ed25519Signer, type Signer } from '../../../src-main/evidence/sshsig.ts';

export const identity = 'alice@example.org';
export const generatedAt = '2026-11-20T10:00:00.000Z';

/** A signer from a fixed seed, so that packs in tests are the same on every run. */
export function signerOf(seedByte: number): Signer {
  const encoded = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.alloc(32, seedByte),
  ]);
  return ed25519Signer(createPrivateKey({ key: encoded, format: 'der', type: 'pkcs8' }));
}

export const alice = signerOf(1);
export const signersFile = `${allowedSignersLine(identity, alice.publicKey)}\n`;

export type EntryDraft = {
  readonly id: string;
  readonly type: LedgerEntryType;
  readonly subject?: string;
  readonly actor?: string;
  readonly payload?: Record<string, unknown>;
};

/** Chains drafts into a ledger, one entry a minute. */
export function chain(drafts: readonly EntryDraft[]): LedgerLine[] {
  const ledger: LedgerLine[] = [];
  for (const [index, draft] of drafts.entries()) {
    const entry: LedgerEntry = {
      v: 1,
      seq: index + 1,
      id: draft.id,
      type: draft.type,
      tenant: null,
      subject: draft.subject ?? null,
      actor: draft.actor ?? '',
      wall_time: `2026-11-19T08:${String(index).padStart(2, '0')}:00.000Z`,
      offset_ms: 12,
      mono: index,
      hlc: `${index}`,
      payload: draft.payload ?? {},
      prev: ledger.at(-1)?.hash ?? genesisHash,
    };
    ledger.push({ entry, hash: hashEntry(entry) });
  }
  return ledger;
}

export function decisionDraft(
  id: string,
  review: string,
  kind: Decision['decision'],
  particulars: Partial<{
    reason: string;
    supersedes: string;
    batch: string;
    actor: string;
    digest: string;
  }> = {},
): EntryDraft {
  return {
    id,
    type: 'decision',
    subject: review,
    actor: 'alice',
    payload: {
      review,
      decision: kind,
      reason: particulars.reason ?? null,
      digest: particulars.digest ?? digestOf(review),
      auditLogId: `event-${review}`,
      action: 'role_grant',
      actor: particulars.actor ?? 'bob',
      dueAt: '2026-11-20T08:00:00.000Z',
      supersedes: particulars.supersedes ?? null,
      batch: particulars.batch ?? null,
      dwellMs: 4000,
      reviewerName: 'Alice Example',
    },
  };
}

const digestOf = (review: string): string => Buffer.from(review.padEnd(32, '.')).toString('hex');

/** The ledger of the sample as packs of the first format had it. */
export const firstDrafts: readonly EntryDraft[] = [
  { id: 'E01', type: 'workspace-created' },
  { id: 'E02', type: 'reviewer-changed', subject: 'alice', actor: 'alice' },
  decisionDraft('D01', 'r1', 'certify'),
  decisionDraft('D02', 'r2', 'certify'),
  decisionDraft('D03', 'r2', 'revoke', { reason: '=HYPERLINK("http://x","y")', supersedes: 'D02' }),
  decisionDraft('D04', 'r3', 'abstain', { reason: 'do not know' }),
  { id: 'E07', type: 'decision-withdrawn', subject: 'r3', actor: 'alice', payload: { decision: 'D04' } },
  { id: 'E08', type: 'self-review-refused', subject: 'r5', actor: 'alice' },
  decisionDraft('D05', 'r4', 'escalate', { reason: '</td><script>alert(1)</script>', batch: 'B1' }),
  decisionDraft('D06', 'vanished', 'certify'),
  {
    id: 'E11',
    type: 'disposition',
    subject: 'f1',
    actor: 'alice',
    payload: {
      finding: 'f1',
      disposition: 'escalated',
      note: '@SUM(A1)',
      // SHA-256 of the canonical form of id, count, score and evidence of the finding below.
      digest: '55f2127ef34ffa9ed6530279042b123a84c704c342c2de54cfffecf4614887d8',
      reviewerName: 'Alice Example',
    },
  },
];

export const sampleDrafts: readonly EntryDraft[] = [
  ...firstDrafts,
  {
    id: 'E12',
    type: 'exception-granted',
    subject: 'X1',
    actor: 'alice',
    payload: {
      id: 'X1',
      detector: 'z3',
      sourceAccount: 'primary',
      entityKind: 'actor',
      entity: '=nightly',
      action: null,
      hourOfWeek: null,
      maximumCount: 50,
      grantedAt: '2026-11-19T08:11:00.000Z',
      expiresAt: '2026-12-19T08:11:00.000Z',
      owner: 'carol',
      reason: 'backup <b>runs</b>',
      endedAt: null,
      grantedFor: null,
      acknowledgesDeterministic: false,
    },
  },
];

const decidedFields = decision.pick({
  decision: true,
  reason: true,
  supersedes: true,
  batch: true,
  reviewerName: true,
});

/** The decision lines the ledger backs, computed by hand from the drafts: nothing of the code under test. */
export function decisionsOf(ledger: readonly LedgerLine[], ids: readonly string[]): Decision[] {
  return ids.map((id) => {
    const line = ledger.find(({ entry }) => entry.id === id);
    if (!line) throw new Error(`No ledger entry ${id}.`);
    const { decision, reason, supersedes, batch, reviewerName } = decidedFields.parse(line.entry.payload);
    return {
      id,
      review: line.entry.subject ?? '',
      decision,
      reason,
      supersedes,
      batch,
      reviewerName,
      reviewer: line.entry.actor,
      decidedAt: line.entry.wall_time,
      sync: 'unsent',
      syncDetail: null,
      hash: line.hash,
    };
  });
}

export function reviewOf(id: string, made: Decision | undefined): Review {
  return {
    id,
    origin: 'database',
    tenant: null,
    auditLogId: `event-${id}`,
    action: 'role_grant',
    actor: 'bob',
    actorName: 'Bob "=1+1" <b>Bold</b> \u202Egnp',
    createdAt: '2026-11-19T07:00:00.000Z',
    dueAt: '2026-11-20T08:00:00.000Z',
    overdue: made === undefined,
    severity: null,
    status: made ? 'decided' : 'pending',
    decision: made?.decision ?? null,
    decisionId: made?.id ?? null,
    sync: made ? 'unsent' : null,
    conflict: false,
    server: null,
    digest: digestOf(id),
  };
}

const mean = 0.25;
const deviationUsed = 1;

export const sampleFinding: Finding = {
  id: 'f1',
  version: 1,
  detector: 'z3',
  methodVersion: 'z3/1',
  sourceAccount: 'primary',
  actor: 'bob',
  actorName: 'Bob',
  entity: { kind: 'actor', value: 'bob' },
  action: 'data.export',
  start: '2026-11-18T02:00:00.000Z',
  end: '2026-11-18T03:00:00.000Z',
  count: 1234,
  score: (1234 - mean) / deviationUsed,
  threshold: 3,
  severity: 'critical',
  explanation: '1,234 exports by Bob & Co <at night>',
  explanationParts: {
    what: '1,234 exports by Bob & Co <at night>',
    expected: null,
    unusual: 'z is far above 3.',
    comparedWith: null,
    alsoSeen: null,
    confidence: null,
    method: 'z3/1',
    wouldChange: null,
  },
  eventIds: ['e1', 'e2'],
  evidence: {
    mean,
    sd: 0.5,
    deviationUsed,
    sdFloorUsed: true,
    n: 672,
    activeHours: 20,
    highest: 2,
    baselineStart: '2026-10-20T02:00:00.000Z',
    baselineEnd: '2026-11-17T02:00:00.000Z',
    methodVersion: 'z3/1',
  },
  foundAt: '2026-11-19T07:30:00.000Z',
  disposition: 'escalated',
  dispositionNote: '@SUM(A1)',
  disposedAt: '2026-11-19T08:10:00.000Z',
  disposedBy: 'Alice Example',
  suppressedBy: null,
  blindCheck: false,
};

const sampleIpe: PackInput['ipe'] = {
  query: 'SELECT id FROM audit WHERE created_at < $1',
  parameters: [{ name: '$1', value: '2026-11-19' }],
  filters: ['Only events of the source account “primary”.'],
  database: 'audit',
  role: 'reader',
  serverTime: '2026-11-19T07:59:00.000Z',
  rows: 3,
  serverRows: 3,
  first: { at: '2026-11-17T00:00:00.000Z', id: 'e1' },
  last: { at: '2026-11-18T02:10:00.000123Z', id: 'e3' },
  days: [
    { day: '2026-11-17', mirrored: 1, server: 1 },
    { day: '2026-11-18', mirrored: 2, server: 2 },
  ],
  populationSha256: 'ab'.repeat(32),
  completeness: 'complete',
  completenessReason: 'Both counts agree on every day.',
};

const sight = (seenAt: string, isFromBeginning: boolean, dueAt: string) => ({
  before: { tenant: null, auditLogId: 'event-r1', action: 'role_grant', actor: 'bob', dueAt },
  seenAt,
  isFromBeginning,
});

/** r1 is what it was, r2 had another due time, r3 came later; of r4 and r5 nothing is known. */
const sampleSights: PackInput['firstSights'] = {
  r1: sight('2026-11-19T06:00:00.000Z', true, '2026-11-20T08:00:00.000Z'),
  r2: sight('2026-11-19T06:00:00.000Z', true, '2026-11-21T08:00:00.000Z'),
  r3: sight('2026-11-19T07:00:00.000Z', false, '2026-11-20T08:00:00.000Z'),
};

export function sampleInput(changes: Partial<PackInput> = {}): PackInput {
  const ledger = chain(sampleDrafts);
  const decisions = decisionsOf(ledger, ['D01', 'D03', 'D05']);
  const made = new Map(decisions.map((one) => [one.review, one]));
  const [, ours] = decisions;
  return {
    generatedAt,
    packId: '01K9ZZZZZZZZZZZZZZ12345678',
    toolVersion: '0.1.0',
    period: { from: '2026-11-17T00:00:00.000Z', to: null },
    zone: 'Europe/Berlin',
    asOf: null,
    reviewer: { name: 'Alice Example', id: 'alice', email: identity },
    signerIdentity: identity,
    source: {
      database: 'audit',
      user: 'reader',
      table: 'np_auditlog_events',
      sourceAccount: 'Primary Account',
      server: 'PostgreSQL 18.4',
    },
    ipe: sampleIpe,
    population: ['r4', 'r3', 'r2', 'r1', 'r5'].map((id) => reviewOf(id, made.get(id))),
    decisions,
    ledger,
    findings: [sampleFinding],
    detectors: [
      {
        id: 'z3',
        version: 'z3/1',
        parameters: {
          threshold: 3,
          minimumCount: 3,
          windowHours: 672,
          gapHours: 24,
          minimumBaselineHours: 24,
          minimumActiveHours: 5,
        },
        description: 'Counts an hour.',
      },
    ],
    conflicts: ours
      ? [
          {
            review: 'r2',
            ours,
            server: { reviewer: 'carol', reviewedAt: '2026-11-19T09:00:00.000Z', notes: '-2+3' },
            outcome: 'superseded',
          },
        ]
      : [],
    previousPackSha256: null,
    firstSights: sampleSights,
    ...changes,
  };
}

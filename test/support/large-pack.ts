// Rows of a pack of any size, made up as they are asked for: every item decided, some of them in bulk, some findings disposed of.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { Finding } from '#shared/model/finding.ts';
import type { Decision, Review } from '#shared/model/review.ts';
import { genesisHash, hashEntry } from '../../src-main/evidence/entry-hash.ts';
import type { LedgerLine } from '../../src-main/evidence/pack-input.ts';
import type { PackItem, PackSource } from '../../src-main/evidence/pack-source.ts';
import { sampleFinding, sampleInput } from '../unit/evidence/sample-input.ts';

const secondsOf = (number: number): string => new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString();
const idOf = (letter: string, number: number): string => `${letter}${String(number).padStart(25, '0')}`;
const uuidOf = (number: number): string => {
  const hex = number.toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

const reason = 'Checked against the change ticket; the role was asked for and is still needed.';
const digestOf = (number: number): string => number.toString(16).padStart(64, 'd');

function decisionEntry(number: number, prev: string): LedgerEntry {
  const review = uuidOf(number);
  return {
    v: 1,
    seq: number + 1,
    id: idOf('D', number),
    type: 'decision',
    tenant: 'primary',
    subject: review,
    actor: 'alice',
    wall_time: secondsOf(number),
    offset_ms: 12,
    mono: number,
    hlc: `${number}`,
    payload: {
      review,
      origin: 'database',
      tenant: 'primary',
      decision: number % 50 === 0 ? 'revoke' : 'certify',
      reason,
      digest: digestOf(number),
      auditLogId: idOf('A', number),
      action: 'role_grant',
      actor: 'bob',
      createdAt: secondsOf(number),
      dueAt: secondsOf(number + 86_400),
      supersedes: null,
      batch: number % 10 === 0 ? idOf('B', Math.floor(number / 100)) : null,
      dwellMs: 1000 + (number % 9000),
      reviewerName: 'Alice Example',
      fourEyes: [],
    },
    prev,
  };
}

function* ledgerOf(decisions: number): Generator<LedgerLine> {
  const first: LedgerEntry = {
    ...decisionEntry(0, genesisHash),
    seq: 1,
    id: idOf('E', 0),
    type: 'workspace-created',
    subject: null,
    actor: '',
    payload: {},
  };
  let hash = hashEntry(first);
  yield { entry: first, hash };
  for (let number = 1; number <= decisions; number += 1) {
    const entry = decisionEntry(number, hash);
    hash = hashEntry(entry);
    yield { entry, hash };
  }
}

function itemOf(number: number, { entry, hash }: LedgerLine): PackItem {
  const review = uuidOf(number);
  const made: Decision = {
    id: entry.id,
    review,
    decision: number % 50 === 0 ? 'revoke' : 'certify',
    reason,
    reviewer: 'alice',
    reviewerName: 'Alice Example',
    decidedAt: entry.wall_time,
    supersedes: null,
    batch: number % 10 === 0 ? idOf('B', Math.floor(number / 100)) : null,
    sync: 'applied',
    syncDetail: null,
    hash,
  };
  const item: Review = {
    id: review,
    origin: 'database',
    tenant: 'primary',
    auditLogId: idOf('A', number),
    action: 'role_grant',
    actor: 'bob',
    actorName: 'Bob Example',
    createdAt: secondsOf(number),
    dueAt: secondsOf(number + 86_400),
    overdue: false,
    severity: 'high',
    status: 'decided',
    decision: made.decision,
    decisionId: made.id,
    sync: 'applied',
    conflict: false,
    server: null,
    digest: digestOf(number),
  };
  return { item, made };
}

function* itemsOf(decisions: number): Generator<PackItem> {
  let number = 0;
  for (const line of ledgerOf(decisions)) {
    if (number > 0) yield itemOf(number, line);
    number += 1;
  }
}

function* findingsOf(findings: number): Generator<Finding> {
  const start = '2026-11-18T02:00:00.000Z';
  for (let number = 0; number < findings; number += 1) {
    yield {
      ...sampleFinding,
      id: idOf('F', number),
      start,
      severity: number % 20 === 0 ? 'critical' : 'medium',
      disposition: null,
      dispositionNote: null,
      disposedAt: null,
      disposedBy: null,
    };
  }
}

/** The same rows every time. */
export function largeSource(decisions: number, findings: number): PackSource {
  const { anomalies: _none, ...input } = sampleInput({ conflicts: [] });
  return {
    ...input,
    ledger: () => ledgerOf(decisions),
    items: () => itemsOf(decisions),
    findings: () => findingsOf(findings),
    conflicts: () => [],
  };
}

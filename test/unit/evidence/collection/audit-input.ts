// A small auditor's ledger over a made-up pack, and the work papers that follow from it.
import { createHash } from 'node:crypto';
import type { LedgerLine } from '../../../../src-main/evidence/pack-input.ts';
import { fingerprintOf } from '../../../../src-main/evidence/public-key.ts';
import { replayWork } from '../../../../src-main/evidence/collection/work-papers-contents.ts';
import type { WorkPapersInput } from '../../../../src-main/evidence/collection/work-papers-bag.ts';
import { makeSamplingPlan } from '../../../../src-main/review/sampling/plan.ts';
import { auditSamples } from '../../../../src-main/review/work-papers/assess.ts';
import { alice, chain, identity, signerOf, type EntryDraft } from '../sample-input.ts';

export const anna = signerOf(7);
export const annasIdentity = 'anna@audit.example';
export const keys = Array.from({ length: 40 }, (_, index) => `item-${index}`);
export const packSha256 = createHash('sha256').update('a pack').digest('hex');

const plan = makeSamplingPlan({
  method: {
    kind: 'attribute',
    confidence: 0.9,
    tolerableRate: 0.2,
    allowedDeviations: 0,
    model: 'hypergeometric',
  },
  keys,
  seed: null,
  size: null,
});

const authorName = 'Anna “Night” \u202eAuditor';
const judgement = {
  verdict: 'trusted',
  summary: 'Trusted.',
  signers: [{ identity, fingerprint: fingerprintOf(alice.publicKey), pinned: true }],
  checks: [],
};

export const auditDrafts: readonly EntryDraft[] = [
  { id: 'A01', type: 'workspace-created', payload: { version: '1.0.0', zone: 'UTC' } },
  {
    id: 'A02',
    type: 'pack-opened',
    subject: packSha256,
    payload: { sha256: packSha256, name: 'PACK-a.zip', bytes: 6, judgement },
  },
  {
    id: 'A03',
    type: 'work-paper',
    subject: 'WP-1',
    actor: 'anna',
    payload: { reference: 'WP-1', about: { kind: 'pack' }, text: 'Seen\nin full.', authorName },
  },
  {
    id: 'A04',
    type: 'work-paper-status',
    subject: 'WP-1',
    actor: 'anna',
    payload: { paper: 'A03', status: 'cleared', conclusion: 'In order.', authorName },
  },
  {
    id: 'A05',
    type: 'sample-drawn',
    subject: 'S-1',
    actor: 'anna',
    payload: { reference: 'S-1', section: 'population', purpose: 'Who decided', plan, authorName },
  },
  ...plan.drawn.map((key, index): EntryDraft => {
    const isBad = index === 2;
    return {
      id: `B${String(index).padStart(2, '0')}`,
      type: 'sample-tested',
      subject: 'S-1',
      actor: 'anna',
      payload: {
        sample: 'A05',
        key,
        result: isBad ? 'deviation' : 'pass',
        note: isBad ? 'no reason' : '',
        authorName,
      },
    };
  }),
];

/** What would be signed over a ledger of these acts. */
export function auditInput(
  drafts: readonly EntryDraft[] = auditDrafts,
  changes: Partial<WorkPapersInput> = {},
): WorkPapersInput {
  const ledger: LedgerLine[] = chain(drafts);
  const state = replayWork(ledger);
  if (state.pack === null) throw new Error('These acts open no pack.');
  return {
    id: '01JD0000000000000000000000',
    generatedAt: '2026-11-20T12:00:00.000Z',
    toolVersion: '1.0.0',
    auditor: { name: 'Anna Auditor', id: 'anna', email: annasIdentity },
    signerIdentity: annasIdentity,
    pack: state.pack,
    papers: [...state.papers.values()],
    samples: auditSamples(state),
    ledger,
    keys: new Map([['S-1', keys]]),
    ...changes,
  };
}

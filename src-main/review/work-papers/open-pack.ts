// The pack of an auditor's workspace: what may be opened, what is on record about it, and what may be done with it.
import { Problem } from '#shared/model/problem.ts';
import type { Reviewer } from '#shared/model/reviewer.ts';
import { isLookOnly, type PackJudgement } from '#shared/model/work-papers.ts';
import { requireReviewer } from '../decide.ts';
import type { Ledger } from '../ledger.ts';
import type { LedgerState } from '../projection.ts';
import type { OpenedPackRecord } from './state.ts';

/** @throws Problem `not-found` in a workspace without a pack */
export function requirePack({ workPapers: { pack } }: LedgerState): OpenedPackRecord {
  if (pack) return pack;
  throw new Problem('not-found', 'No pack is open in this workspace.', {
    next: 'Open one: “countersign audit open PACK.zip --workspace DIR”, or “Open a pack…” on the first screen.',
  });
}

/**
 * The pack, and who works on it.
 * @throws Problem `refused` for a pack that may only be looked at, `no-reviewer`, `not-found`
 */
export function requireWork(state: LedgerState): { pack: OpenedPackRecord; auditor: Reviewer } {
  const pack = requirePack(state);
  if (isLookOnly(pack.judgement.verdict))
    throw new Problem(
      'refused',
      `This pack was found ${pack.judgement.verdict}, so it may be looked at and nothing else. Nothing was recorded.`,
      { next: 'Ask for the pack again, and open it in a folder of its own.' },
    );
  return { pack, auditor: requireReviewer(state) };
}

/** @throws Problem `refused` where a source is reviewed, or another pack is open */
export function assertMayOpen(state: LedgerState, sha256: string | null): void {
  if (state.connection !== null)
    throw new Problem(
      'refused',
      'This workspace reviews an audit database, so no pack was opened in it: an auditor’s work is kept apart.',
      { next: 'Choose another folder with --workspace.' },
    );
  const { pack } = state.workPapers;
  if (pack === null || sha256 === null || pack.sha256 === sha256) return;
  throw new Problem('refused', 'Another pack is open in this workspace. It was kept, with all work on it.', {
    next: 'Open this one in a folder of its own, with --workspace.',
  });
}

/** @throws Problem `refused` in a workspace where somebody's pack is audited */
export function assertNoPack({ workPapers: { pack } }: LedgerState): void {
  if (pack === null) return;
  throw new Problem(
    'refused',
    'This workspace holds a pack that is audited, so it was not connected to a database.',
    { next: 'Choose another folder with --workspace.' },
  );
}

export type OpeningRequest = {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
  readonly judgement: PackJudgement;
};

/** Opens a pack, or puts on record how the same pack was judged this time. Verifying takes no auditor. */
export function recordOpening(ledger: Ledger, { sha256, name, bytes, judgement }: OpeningRequest): void {
  ledger.append((state) => {
    assertMayOpen(state, sha256);
    const actor = state.reviewer?.id ?? '';
    return state.workPapers.pack === null
      ? [
          {
            type: 'pack-opened',
            subject: sha256,
            actor,
            payload: { sha256, name: name.toWellFormed(), bytes, judgement },
          },
        ]
      : [{ type: 'pack-verified', subject: sha256, actor, payload: { sha256, judgement } }];
  });
}

/**
 * What may be signed, and by whom.
 * @throws Problem `refused` where there is nothing to sign, or the auditor's key signed the pack itself
 */
export function requireSignable(state: LedgerState): { pack: OpenedPackRecord; auditor: Reviewer } {
  const work = requireWork(state);
  const { papers, samples } = state.workPapers;
  if (papers.size + samples.size === 0)
    throw new Problem('refused', 'There are no work papers yet, so nothing was signed.', {
      next: 'Write a note or draw a sample first.',
    });
  if (work.pack.judgement.signers.some(({ fingerprint }) => fingerprint === state.keyFingerprint))
    throw new Problem(
      'refused',
      'The same key signed the pack itself, so it cannot sign an audit of it. Nothing was signed.',
      {
        next: 'Work with a key of your own.',
      },
    );
  return work;
}

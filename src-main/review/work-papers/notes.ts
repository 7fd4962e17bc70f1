// Work papers: written, cleared with a conclusion, opened again with a reason.
import { Problem } from '#shared/model/problem.ts';
import type { WorkPaper, WorkPaperSubject } from '#shared/model/work-papers.ts';
import type { Ledger } from '../ledger.ts';
import type { LedgerState } from '../projection.ts';
import { requireWork } from './open-pack.ts';
import { freeReference } from './references.ts';

export type NoteRequest = {
  readonly about: WorkPaperSubject;
  readonly text: string;
  readonly reference: string | undefined;
};

/** @throws Problem `refused`, `conflict`, `not-found` or `no-reviewer`; nothing is recorded then. */
export function addWorkPaper(ledger: Ledger, { about, text, reference }: NoteRequest): WorkPaper {
  const [entry] = ledger.append((state) => {
    const { auditor } = requireWork(state);
    const { samples } = state.workPapers;
    if (about.kind === 'sample' && ![...samples.values()].some((one) => one.reference === about.reference))
      throw new Problem('not-found', 'There is no sample of this reference. Nothing was recorded.');
    const payload = {
      reference: freeReference(state.workPapers, reference, 'WP'),
      about,
      text: text.toWellFormed(),
      authorName: auditor.name,
    };
    return [{ type: 'work-paper', subject: payload.reference, actor: auditor.id, payload }];
  });
  return paperOf(ledger.state(), entry?.entry.id ?? '');
}

function paperOf({ workPapers: { papers } }: LedgerState, id: string): WorkPaper {
  const found = papers.get(id) ?? [...papers.values()].find(({ reference }) => reference === id);
  if (found) return found;
  throw new Problem('not-found', 'There is no work paper of this name. Nothing was recorded.', {
    next: '“countersign audit papers” lists those there are.',
  });
}

export type StatusRequest = {
  /** Id, or reference. */
  readonly paper: string;
  readonly status: WorkPaper['status'];
  readonly conclusion: string;
};

/** @throws Problem `conflict` where it has that status already, or as {@link addWorkPaper} */
export function setWorkPaperStatus(ledger: Ledger, { paper, status, conclusion }: StatusRequest): WorkPaper {
  ledger.append((state) => {
    const { auditor } = requireWork(state);
    const found = paperOf(state, paper);
    if (found.status === status)
      throw new Problem('conflict', `${found.reference} is ${status} already. Nothing was recorded.`);
    const payload = {
      paper: found.id,
      status,
      conclusion: conclusion.toWellFormed(),
      authorName: auditor.name,
    };
    return [{ type: 'work-paper-status', subject: found.reference, actor: auditor.id, payload }];
  });
  return paperOf(ledger.state(), paper);
}

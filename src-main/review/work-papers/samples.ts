// Samples of the open pack: drawn, and tested item by item.
import { Problem } from '#shared/model/problem.ts';
import type { SamplingPlan } from '#shared/model/sampling.ts';
import type { AuditSample, PackSection, TestResult } from '#shared/model/work-papers.ts';
import type { Ledger } from '../ledger.ts';
import type { LedgerState } from '../projection.ts';
import { auditSampleOf } from './assess.ts';
import { requireWork } from './open-pack.ts';
import { freeReference } from './references.ts';

export type DrawingRequest = {
  readonly section: PackSection;
  readonly purpose: string;
  readonly plan: SamplingPlan;
  readonly reference: string | undefined;
};

/** @throws Problem as the writing of a note */
export function recordSample(
  ledger: Ledger,
  { section, purpose, plan, reference }: DrawingRequest,
): AuditSample {
  const [entry] = ledger.append((state) => {
    const { auditor } = requireWork(state);
    const payload = {
      reference: freeReference(state.workPapers, reference, 'S'),
      section,
      purpose: purpose.toWellFormed(),
      plan,
      authorName: auditor.name,
    };
    return [{ type: 'sample-drawn', subject: payload.reference, actor: auditor.id, payload }];
  });
  return sampleOf(ledger.state(), entry?.entry.id ?? '');
}

/** @throws Problem `not-found` */
export function sampleOf({ workPapers: { samples } }: LedgerState, id: string): AuditSample {
  const found = samples.get(id) ?? [...samples.values()].find(({ reference }) => reference === id);
  if (found) return auditSampleOf(found);
  throw new Problem('not-found', 'There is no sample of this name. Nothing was recorded.', {
    next: '“countersign audit samples” lists those there are.',
  });
}

export type TestingRequest = {
  /** Id, or reference. */
  readonly sample: string;
  readonly key: string;
  readonly result: TestResult;
  readonly note: string;
};

/** @throws Problem `invalid-input` for a deviation, or an item that cannot be tested, without a note; else as the writing of a note */
export function recordTest(ledger: Ledger, { sample, key, result, note }: TestingRequest): AuditSample {
  if (result !== 'pass' && note.trim() === '')
    throw new Problem(
      'invalid-input',
      'A deviation, and an item that cannot be tested, need a note. Nothing was recorded.',
      {
        next: 'Say in a sentence what was found, or why it could not be tested.',
      },
    );
  ledger.append((state) => {
    const { auditor } = requireWork(state);
    const found = sampleOf(state, sample);
    if (!found.plan.drawn.includes(key))
      throw new Problem('not-found', 'This item was not drawn into the sample. Nothing was recorded.');
    const payload = {
      sample: found.id,
      key,
      result,
      note: note.trim().toWellFormed(),
      authorName: auditor.name,
    };
    return [{ type: 'sample-tested', subject: found.reference, actor: auditor.id, payload }];
  });
  return sampleOf(ledger.state(), sample);
}

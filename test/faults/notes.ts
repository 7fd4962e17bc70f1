// What a reviewer was told, step by step.
import { z } from 'zod';
import type { Told } from './told.ts';
import {
  acknowledgedBackup,
  acknowledgedDecision,
  acknowledgedExport,
  type AcknowledgedAct,
  type Outcome,
  type Step,
} from './steps.ts';

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };
export type Notes = Mutable<Omit<Told, 'person' | 'folder' | 'seen'>> & { restorations: number };

export const noNotes = (): Notes => ({
  attempts: [],
  decisions: [],
  acts: [],
  exports: [],
  backups: [],
  hasCreated: false,
  restorations: 0,
});

export function noteAttempt(notes: Notes, step: Step): void {
  if (step.do === 'decide') notes.attempts = [...notes.attempts, step.reviews.toSorted().join()];
}

const decisions = z.union([z.array(acknowledgedDecision), acknowledgedDecision.transform((one) => [one])]);
const aboutReview = z.object({ id: z.string() });
const closed = z.union([
  z.object({ review: z.string() }).transform(({ review }) => review),
  z.object({ anomaly: z.string() }).transform(({ anomaly }) => anomaly),
]);
const pack = z.object({ pack: acknowledgedExport.nullable() });

/** Keeps what was acknowledged, to be looked for afterwards. */
export function noteAcknowledged(
  notes: Notes,
  step: Step,
  { value }: Extract<Outcome, { is: 'done' }>,
): void {
  const act = (type: AcknowledgedAct['type'], subject: string) => {
    notes.acts = [...notes.acts, { type, subject }];
  };
  switch (step.do) {
    case 'decide':
    case 'decide-created':
      notes.decisions = [...notes.decisions, ...decisions.parse(value)];
      return;
    case 'undo':
      return act('decision-withdrawn', step.review);
    case 'dispose':
      return act('anomaly-disposition', step.anomaly);
    case 'concur':
      return act('concurrence', aboutReview.parse(value).id);
    case 'close-conflict':
      return act('conflict-closed', closed.parse(value));
    case 'create':
      notes.hasCreated = true;
      return;
    case 'backup':
      notes.backups = [...notes.backups, acknowledgedBackup.parse(value)];
      return;
    case 'restore':
      notes.restorations += 1;
      return;
    case 'export':
      notes.exports = [...notes.exports, acknowledgedExport.parse(value)];
      return;
    case 'sync': {
      const made = pack.safeParse(value).data?.pack;
      if (made) notes.exports = [...notes.exports, made];
      return;
    }
    default:
      return;
  }
}

// The part of the ledger's state that says how is detected, and what is excepted from it.
import { z } from 'zod';
import { detectionSettings, exception, type DetectionSettings } from '#shared/model/detection.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';

const detectionPayload = z.object({
  before: detectionSettings,
  after: detectionSettings,
  reason: z.string(),
});

const grantedException = exception.extend({
  /** The finding it was granted for, when it was granted for one. */
  grantedFor: z.string().nullable(),
  acknowledgesDeterministic: z.boolean(),
});
export type GrantedException = z.infer<typeof grantedException>;

export type DetectionState = {
  detection: DetectionSettings;
  /** Every exception ever granted, oldest first. */
  exceptions: readonly GrantedException[];
};

/** Applies one entry, in ledger order; entries about anything else change nothing. */
export function applyDetection(
  state: DetectionState,
  { type, payload, wall_time: endedAt }: LedgerEntry,
): void {
  if (type === 'detection-changed') state.detection = detectionPayload.parse(payload).after;
  else if (type === 'exception-granted')
    state.exceptions = [...state.exceptions, grantedException.parse(payload)];
  else if (type === 'exception-ended') {
    const { id } = z.object({ id: z.string() }).parse(payload);
    state.exceptions = state.exceptions.map((granted) =>
      granted.id === id ? { ...granted, endedAt } : granted,
    );
  }
}

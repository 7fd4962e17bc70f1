// Which fields each detector cannot do without.
import type { EventField, InspectionReport } from '#shared/model/connection.ts';

const detectorNeeds: readonly { detector: string; needs: readonly EventField[] }[] = [
  { detector: 'z3', needs: ['createdAt', 'actor', 'action'] },
  { detector: 'first-network', needs: ['createdAt', 'actor', 'ip'] },
];

/** The detectors that cannot run without the missing fields, each with those it lacks. */
export function disabledDetectors(missing: readonly EventField[]): InspectionReport['disabledDetectors'] {
  return detectorNeeds
    .map(({ detector, needs }) => ({ detector, needs: needs.filter((field) => missing.includes(field)) }))
    .filter(({ needs }) => needs.length > 0);
}

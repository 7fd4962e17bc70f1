// The controls that the evidence of a workspace is meant for: the usual ones until somebody edits them.
import type { ControlMapping } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { defaultControls } from '../evidence/report/controls.ts';
import { requireReviewer } from '../review/decide.ts';
import type { Workstation } from '../workstation.ts';

export const readControls = ({ ledger }: Pick<Workstation, 'ledger'>): ControlMapping => [
  ...(ledger.state().controls ?? defaultControls),
];

/** @throws Problem `no-reviewer`, or `invalid-input` without a reason; nothing is recorded then. */
export function setControls(
  workstation: Workstation,
  { controls, reason }: { readonly controls: ControlMapping; readonly reason: string },
): ControlMapping {
  const why = reason.toWellFormed().trim();
  if (why === '')
    throw new Problem('invalid-input', 'Changing the controls needs a reason. Nothing was recorded.', {
      next: 'Say why in a sentence.',
    });
  const before = readControls(workstation);
  workstation.ledger.append((state) => [
    {
      type: 'controls-changed',
      actor: requireReviewer(state).id,
      subject: null,
      payload: { before, after: controls, reason: why },
    },
  ]);
  return readControls(workstation);
}

// The setting that says when an unlocked key is locked again.
import { requireReviewer } from './decide.ts';
import type { KeyPlace } from './open-signer.ts';

/** How long an unlocked key stays so while nobody does anything. */
export function setIdleMinutes({ ledger, keySession }: KeyPlace, minutes: number): number {
  ledger.append((state) => {
    const before = state.keys.idleMinutes;
    if (before === minutes) return [];
    const actor = requireReviewer(state).id;
    return [{ type: 'key-idle-changed', subject: null, actor, payload: { before, after: minutes } }];
  });
  keySession.touch();
  return ledger.state().keys.idleMinutes;
}

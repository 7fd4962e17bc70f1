// Whoever revoked their own key goes on with a new one: of what comes in between nobody could say that it was them.
import { Problem } from '#shared/model/problem.ts';
import { namedActs } from '../evidence/key-proofs.ts';
import type { LedgerAct } from './act.ts';
import type { LedgerState } from './projection.ts';

/** @throws Problem `refused` for acts in the name of somebody whose newest key here they revoked themselves */
export function assertKeyInForce({ keys }: Pick<LedgerState, 'keys'>, acts: readonly LedgerAct[]): void {
  const { newest, byFingerprint, holders } = keys;
  if (newest === null || !byFingerprint.get(newest)?.revocation) return;
  const held = holders.get(newest) ?? [];
  if (!acts.some(({ type, actor }) => namedActs.has(type) && held.includes(actor))) return;
  throw new Problem(
    'refused',
    'Your signing key was revoked, and there is no new one yet, so nobody could rely on this being you. Nothing was recorded.',
    { next: 'Make a new key with “countersign keys rotate”, or in the settings; then do it again.' },
  );
}

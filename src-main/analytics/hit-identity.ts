// The name of a hit: what it is about, never what was measured, so that late events change the hit and not its name.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../evidence/entry-hash.ts';
import type { Hit } from './detector.ts';

/** The parts of a hit that name it; see {@link Hit.startMicroseconds}. */
export type NamedHit = Pick<Hit, 'detector' | 'sourceAccount' | 'entity' | 'action' | 'startMicroseconds'>;

/** The detector and twenty hex digits of SHA-256 over the naming parts as canonical JSON. */
export function hitIdentity(hit: NamedHit): string {
  const { detector, sourceAccount, entity, action, startMicroseconds } = hit;
  const parts = [detector, sourceAccount, entity.kind, entity.value, action, startMicroseconds];
  return `${detector}-${createHash('sha256').update(canonicalJson(parts), 'utf8').digest('hex').slice(0, 20)}`;
}

// Whether anything shows that a key is of the person of the keys before it.
import type { OwnKey } from '#shared/model/keys.ts';

/** none: nothing does, and the key is in use or could be · neverShown: nothing did until it was retired. */
export type KeyStanding = 'first' | 'endorsed' | 'none' | 'neverShown';

export function standingOf({ isEndorsed, use }: Pick<OwnKey, 'isEndorsed' | 'use'>): KeyStanding {
  if (isEndorsed === null) return 'first';
  if (isEndorsed) return 'endorsed';
  return use === 'signing' || use === 'idle' ? 'none' : 'neverShown';
}

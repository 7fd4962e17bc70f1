// Who is behind which pseudonym, for as long as the mirror stays as it is.
import { pseudonym as pseudonymForm } from '#shared/model/privacy.ts';
import { knownActorsRevision, readKnownActors } from '../../store/cache/known-actors.ts';
import type { DatabaseHandle } from '../../store/database.ts';
import { pseudonymOf } from '../../store/erasure/keyed-names.ts';

export type ActorDirectory = {
  readonly pseudonymOf: (actor: string) => string;
  /** Null for a pseudonym of nobody known here. */
  readonly actorBehind: (pseudonym: string) => string | null;
  /** The actor an id or a name stands for; null for a text that is neither. */
  readonly actorNamed: (text: string) => string | null;
  readonly isKnown: (actor: string) => boolean;
};

/** Shorter ids and names stand in too many words to be told from them. */
const shortest = 3;

export function actorDirectory(cache: DatabaseHandle, key: Buffer): ActorDirectory {
  const pseudonyms = new Map<string, string>();
  const actors = new Map<string, string>();
  const ids = new Set<string>();
  const named = new Map<string, string>();
  const give = (actor: string): string => {
    // Whoever was erased is called by a pseudonym already.
    if (pseudonymForm.safeParse(actor).success) return actor;
    const known = pseudonyms.get(actor);
    if (known !== undefined) return known;
    const made = pseudonymOf(key, actor);
    pseudonyms.set(actor, made);
    actors.set(made, actor);
    return made;
  };
  for (const { actor, name } of readKnownActors(cache)) {
    give(actor);
    ids.add(actor);
    for (const text of [actor, name]) if (text !== null && text.length >= shortest) named.set(text, actor);
  }
  return {
    pseudonymOf: give,
    actorBehind: (pseudonym) => actors.get(pseudonym) ?? null,
    actorNamed: (text) => named.get(text) ?? null,
    isKnown: (actor) => ids.has(actor),
  };
}

type Kept = { readonly revision: string; readonly key: Buffer; readonly directory: ActorDirectory };

const kept = new WeakMap<DatabaseHandle, Kept>();

/** The same, made anew only when the mirror or the key is another. */
export function keptDirectory(cache: DatabaseHandle, key: Buffer): ActorDirectory {
  const revision = knownActorsRevision(cache);
  const known = kept.get(cache);
  if (known && known.revision === revision && known.key.equals(key)) return known.directory;
  const directory = actorDirectory(cache, key);
  kept.set(cache, { revision, key, directory });
  return directory;
}

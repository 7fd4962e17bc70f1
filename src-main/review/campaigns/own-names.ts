// Other names that reviewers stated in files they signed: they take items from whoever stated them, and never give anybody any.
import { foldIdentity, identitiesOf, isSamePerson, type Identities } from '../aliases.ts';

/** Folded names by the folded id of the person of the campaign who stated them. */
export type StatedNames = ReadonlyMap<string, readonly string[]>;

/** What of a campaign says which names its reviewers stated. */
export type NamesOnRecord = { readonly statedNames: StatedNames };

/**
 * True where the subject of an item is known to be this person: by the links of the campaign, or by their own signed word. A
 * stated name links nobody to anybody: whoever bears it keeps all that is theirs, and decides as before.
 * @param identities of the campaign
 */
export function isOwnItem(
  { statedNames }: NamesOnRecord,
  identities: Identities,
  person: string,
  subject: string,
): boolean {
  if (isSamePerson(identities, person, subject)) return true;
  if (statedNames.size === 0) return false;
  return identitiesOf(identities, person).some((id) =>
    (statedNames.get(id) ?? []).some((name) => isSamePerson(identities, name, subject)),
  );
}

/** The same map where the names say nothing new, so that what was worked out with it goes on. */
export function withStatedNames(before: StatedNames, person: string, names: readonly string[]): StatedNames {
  const id = foldIdentity(person);
  const known = before.get(id) ?? [];
  const all = new Set([...known, ...names.map(foldIdentity)].filter((name) => name !== '' && name !== id));
  return all.size === known.length ? before : new Map([...before, [id, [...all].toSorted()]]);
}

// Which ids name the same person: reviewer ids, e-mail addresses and aliases, linked for good once anybody stated it.

/**
 * Every id by its folded form, with all folded forms of the same person in order. Links are only ever added: an alias that
 * could be taken off the list would be the way around every rule about one's own actions.
 */
export type Identities = Map<string, readonly string[]>;

/** Most ids look like this, and it takes far less to see that than to fold them. */
const foldedAlready = /^[!-@[-~]*$/;

/** One form for ids that differ in letter case, width or surrounding blanks only. */
export function foldIdentity(id: string): string {
  if (foldedAlready.test(id)) return id;
  return id.normalize('NFKC').trim().toLowerCase();
}

/** States that these ids are one person, together with everybody linked to any of them before. Empty ids say nothing. */
export function linkIdentities(identities: Identities, ids: readonly string[]): void {
  const folded = ids.map(foldIdentity).filter((id) => id !== '');
  const person = [...new Set(folded.flatMap((id) => [id, ...(identities.get(id) ?? [])]))].toSorted();
  for (const id of person) identities.set(id, person);
}

/** All folded ids of the person, the given one included. */
export function identitiesOf(identities: Identities, id: string): readonly string[] {
  const folded = foldIdentity(id);
  return identities.get(folded) ?? (folded === '' ? [] : [folded]);
}

/** True when both ids are known to be one person, whatever order that was stated in. */
export function isSamePerson(identities: Identities, one: string, other: string): boolean {
  const folded = foldIdentity(other);
  return folded !== '' && identitiesOf(identities, one).includes(folded);
}

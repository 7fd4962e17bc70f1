// Which ids name the same person: reviewer ids, e-mail addresses and aliases, linked for good once anybody stated it.

/**
 * Every id by its folded form, with all folded forms of the same person in order. Links are only ever added: an alias that
 * could be taken off the list would be the way around every rule about one's own actions.
 */
export type Identities = Map<string, readonly string[]>;

/** Most ids look like this, and it takes far less to see that than to fold them. */
const foldedAlready = /^(?!mailto:)[!-=?@[-~]*$/;

/** Blanks of no width, soft hyphens and marks of direction: nobody sees them, so they tell nobody from anybody. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
/** `Rita Reviewer <rita@example.org>`, or a link to the address. */
const addressWithin = /^(?:.*<|mailto:)([^<>\s@]+@[^<>\s@]+?)>?$/;

/**
 * One form for ids that differ in letter case, width, surrounding blanks or characters nobody sees only, and for an e-mail address with
 * and without the name before it.
 */
export function foldIdentity(id: string): string {
  if (foldedAlready.test(id)) return id;
  const seen = id.normalize('NFKC').replaceAll(invisible, '').trim();
  // By way of capitals: ß has no other way to be the same as SS.
  const folded = seen.toLowerCase().toUpperCase().toLowerCase();
  return addressWithin.exec(folded)?.[1] ?? folded;
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

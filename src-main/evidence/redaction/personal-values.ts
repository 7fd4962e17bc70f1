// Finds what a profile hides in the rows of a pack.
import type { RedactionProfile } from '#shared/model/redaction.ts';

type Parts = Readonly<Record<string, unknown>>;

const actorMembers = new Set(['actor', 'actorId', 'actorName', 'user', 'user_id', 'actor_id', 'entityValue']);
const textMembers = new Set([
  'reason',
  'note',
  'notes',
  'purpose',
  'explanation',
  'what',
  'unusual',
  'expected',
  'comparedWith',
  'alsoSeen',
]);
/** Hashes over rows that hold personal values: whoever guesses the value could confirm the guess by them. */
const digestMembers = new Set(['digest', 'shownDigest', 'rowDigest']);
const findingId = /^[a-z0-9][a-z0-9-]*-[0-9a-f]{20}$/;
const email = /[^\s"'<>@,;:()[\]{}]+@[^\s"'<>@,;:()[\]{}]+\.[A-Za-z]{2,}/g;
const address = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;

/**
 * Adds to `found` whatever the profile hides in a JSON value.
 * @param open values that stay readable: of whoever answers for the pack
 */
export function findPersonal(
  part: unknown,
  profile: RedactionProfile,
  open: ReadonlySet<string>,
  found: Set<string>,
  member = '',
): void {
  if (typeof part === 'string') findInText(part, member, profile, open, found);
  else if (Array.isArray(part))
    for (const one of part) findPersonal(one, profile, open, found, member === 'actors' ? 'actor' : member);
  else if (typeof part === 'object' && part !== null)
    for (const [name, value] of Object.entries(part))
      findPersonal(value, profile, open, found, memberOf({ ...part }, name));
}

/** The field as it counts: in an entry of the ledger the actor is who decided, and an entity is what its kind says. */
function memberOf(owner: Parts, name: string): string {
  if (name === 'actor' && 'seq' in owner && 'prev' in owner) return '';
  if (name === 'value' && owner['kind'] === 'actor') return 'actor';
  if (name === 'value' && owner['kind'] === 'ip') return 'ip';
  return name;
}

function findInText(
  text: string,
  member: string,
  profile: RedactionProfile,
  open: ReadonlySet<string>,
  found: Set<string>,
): void {
  const add = (value: string) => {
    if (value !== '' && !open.has(value)) found.add(value);
  };
  const isWhole =
    (profile.actors && actorMembers.has(member)) ||
    (profile.addresses && member === 'ip') ||
    (profile.userAgents && member === 'userAgent') ||
    (profile.freeText && textMembers.has(member)) ||
    profile.fields.includes(member) ||
    digestMembers.has(member) ||
    findingId.test(text);
  if (isWhole) add(text);
  if (profile.emails) for (const [one] of text.matchAll(email)) add(one);
  if (profile.addresses) for (const [one] of text.matchAll(address)) add(one);
}

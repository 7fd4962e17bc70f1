// Finds what a profile hides in the rows of a pack.
import { isIPv6 } from 'node:net';
import type { RedactionProfile } from '#shared/model/redaction.ts';

type Parts = Readonly<Record<string, unknown>>;

const actorMembers = new Set([
  'actor',
  'actorId',
  'actorName',
  'user',
  'user_id',
  'actor_id',
  'entityValue',
  'target',
  // Other names of a reviewer.
  'alsoKnownAs',
]);
const addressMembers = new Set(['ip', 'address']);
/** Lists in the evidence of findings whose rows hold a person or an address under a general name. */
const listsOfActors = new Set(['accounts']);
const listsOfAddresses = new Set(['addresses', 'newAddresses', 'newNetworks']);
const generalMembers = new Set(['name', 'value']);
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
/** The hash of a frozen population, or of the file it is from, which is a `sha256` like others. */
const frozenDigest = 'frozenSha256';
/** Hashes over rows that hold personal values: whoever guesses the value could confirm the guess by them. */
const digestMembers = new Set([
  'digest',
  'shownDigest',
  'rowDigest',
  // Of access reviews: of their definition with its addresses, and of the keys and lines of everybody who holds a right.
  'definitionSha256',
  'keysSha256',
  'populationSha256',
  'outcomesSha256',
  'sourceSha256',
  frozenDigest,
]);
/** Keys of rights in access reviews: hashes of who holds which right, by which a guess could be confirmed. */
const rightMembers = new Set(['item', 'drawn', 'minKey', 'maxKey']);
const rightKey = /^[0-9a-f]{32}$/;
const findingId = /^[a-z0-9][a-z0-9-]*-[0-9a-f]{20}$/;
const email = /[^\s"'<>@,;:()[\]{}]+@[^\s"'<>@,;:()[\]{}]+\.[A-Za-z]{2,}/g;
const addressOfFour = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?(?![\d.])/g;
/** Whatever could be an IPv6 address, or a network of such; most of it is not. */
const maybeOfSix =
  /(?<![\w:.])[\da-f]{0,4}(?::[\da-f.]{0,15}){2,8}(?:%[\w.-]{1,20})?(?:\/\d{1,3})?(?![\w:])/gi;

/**
 * Adds to `found` whatever the profile hides in a JSON value.
 * @param open values that stay readable: of whoever answers for the pack
 * @param member the field the value stands in, also through lists
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
      findPersonal(value, profile, open, found, memberOf({ ...part }, name, member));
}

/** What an entry of the ledger is, here or as a change to the configuration, its actor decided or changed. */
const isEntry = (owner: Parts): boolean => 'seq' in owner && ('prev' in owner || 'entry' in owner);

/** The field as it counts: the actor of an entry stays named, and an entity is what its kind says. */
function memberOf(owner: Parts, name: string, list: string): string {
  if (name === 'actor' && isEntry(owner)) return '';
  const kind = name === 'value' ? owner['kind'] : name === 'entity' ? owner['entityKind'] : undefined;
  if (kind === 'actor') return 'actor';
  // The subject of a right under review; that of an entry is an id, and that of a campaign's scope the name of a column.
  if (name === 'subject' && 'item' in owner && !isEntry(owner)) return 'actor';
  if (kind === 'ip') return 'ip';
  // A file that was handed over names its hash in the scope of the definition.
  if (name === 'sha256' && ('keysSha256' in owner || owner['from'] === 'file')) return frozenDigest;
  if (generalMembers.has(name) && listsOfActors.has(list)) return 'actor';
  if (generalMembers.has(name) && listsOfAddresses.has(list)) return 'ip';
  return name;
}

/** Addresses in a text, networks with their length. */
function addressesIn(text: string): string[] {
  const ofSix = [...text.matchAll(maybeOfSix)].flatMap(([one]) => addressOfSix(one) ?? []);
  return [...[...text.matchAll(addressOfFour)].map(([one]) => one), ...ofSix];
}

/** Without the full stop of a sentence; null for times, casts and other words with colons. */
function addressOfSix(text: string): string | null {
  const found = text.replace(/\.+(?=$|\/)/, '');
  return /[\da-f]/i.test(found) && isIPv6(found.replace(/\/\d+$/, '')) ? found : null;
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
    (profile.addresses && addressMembers.has(member)) ||
    (profile.userAgents && member === 'userAgent') ||
    (profile.freeText && textMembers.has(member)) ||
    profile.fields.includes(member) ||
    digestMembers.has(member) ||
    (profile.actors && rightMembers.has(member) && rightKey.test(text)) ||
    findingId.test(text);
  if (isWhole) add(text);
  if (profile.emails) for (const [one] of text.matchAll(email)) add(one);
  if (profile.addresses) for (const one of addressesIn(text)) add(one);
}

// Puts pseudonyms in the place of actors in an answer, whatever its shape, and ids in the place of pseudonyms in a request.

/** How one answer is masked. */
export type Mask = {
  /** The pseudonym of an actor; the id itself where it is shown. */
  readonly actor: (id: string) => string;
  /** The pseudonym, where the text is the id or a name of a masked actor that is known here; else null. */
  readonly known: (text: string) => string | null;
};

/** Members that name an actor, whoever that is. */
const actorMembers = new Set(['actor', 'actorId', 'user']);
/** Lists of actors. */
const actorLists = new Set(['actors']);
/** Members about whoever reviews or signs, and about the workspace itself: these people act in the open. */
const openMembers = new Set([
  'reviewer',
  'reviewerName',
  'reviewerId',
  'reviewedBy',
  'by',
  'byName',
  'connection',
  'signer',
  'signers',
  'identity',
  'people',
  'workspace',
  'privacy',
  'id',
  'eventIds',
  'members',
  'hash',
  'prev',
]);
/** Members whose whole text may be an id, without a word around it. */
const valueMembers = new Set([
  'value',
  'text',
  'resourceId',
  'subject',
  'entity',
  'label',
  'name',
  'target',
  'shown',
  'now',
  'userAgent',
]);

type Parts = Readonly<Record<string, unknown>>;

/** The same answer with pseudonyms for masked actors; what was handed in is left as it is. */
export function maskAnswer(answer: unknown, mask: Mask): unknown {
  return masked(answer, '', mask);
}

function masked(part: unknown, member: string, mask: Mask): unknown {
  if (typeof part === 'string') return maskText(part, member, mask);
  if (Array.isArray(part))
    return part.map((one: unknown) => masked(one, actorLists.has(member) ? 'actor' : member, mask));
  if (!isPlain(part)) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, maskMember(part, name, value, mask)]),
  );
}

function isPlain(part: unknown): part is Parts {
  if (typeof part !== 'object' || part === null) return false;
  const prototype: unknown = Object.getPrototypeOf(part);
  return prototype === Object.prototype || prototype === null;
}

function maskMember(owner: Parts, name: string, value: unknown, mask: Mask): unknown {
  if (openMembers.has(name)) return value;
  // In a line of the ledger, the actor is who decided.
  if (name === 'actor' && 'seq' in owner) return value;
  if (name === 'actorName') return maskName(owner, value, mask);
  // Whoever is written to reviews; nobody writes to an actor from here.
  if (name === 'name' && ('email' in owner || 'reviewer' in owner)) return value;
  if (isRight(owner) && rightMembers.has(name)) return maskRight(owner, name, value, mask);
  if (name === 'value' && owner['kind'] === 'actor' && typeof value === 'string') return actorOf(value, mask);
  return masked(value, name, mask);
}

/** Members of somebody's right that name people: the one who holds it, and who answers for it. */
const rightMembers = new Set(['subject', 'subjectName', 'manager', 'owner']);

/** An item of a campaign, or a line about one. */
const isRight = (owner: Parts): boolean =>
  'subject' in owner && ('entitlement' in owner || 'subjectName' in owner);

function maskRight(owner: Parts, name: string, value: unknown, mask: Mask): unknown {
  const { subject } = owner;
  if (typeof value !== 'string') return value;
  if (name === 'subject') return actorOf(value, mask);
  if (name === 'subjectName')
    return typeof subject === 'string' && mask.actor(subject) !== subject ? null : value;
  // Who reviews stays named; somebody else a source names there is masked like anybody.
  return reviewersIn(owner).includes(value) ? value : (mask.known(value) ?? value);
}

function reviewersIn({ ofRecord, acting }: Parts): unknown[] {
  return [ofRecord, acting].flatMap((person) =>
    isPlain(person) ? [person['id'], person['email']] : [person],
  );
}

/** A name goes with its id: it is shown where that is. */
function maskName(owner: Parts, name: unknown, mask: Mask): unknown {
  if ('seq' in owner) return name;
  const id = owner['actor'] ?? owner['actorId'];
  return typeof id === 'string' && id !== '' && mask.actor(id) !== id ? null : name;
}

const actorOf = (id: string, mask: Mask): string => (id === '' ? id : mask.actor(id));

function maskText(text: string, member: string, mask: Mask): string {
  if (actorMembers.has(member)) return actorOf(text, mask);
  if (valueMembers.has(member)) {
    const whole = mask.known(text);
    if (whole !== null) return whole;
  }
  // What holds no blank and no structure is a code, an id or an instant, and has to stay what it is.
  return /[\s{[]/.test(text) ? maskWords(text, mask) : text;
}

/** Longest name in words: “Maria del Carmen Lopez”. */
const mostWords = 4;
const word = /[^\s"'“”‘’(),;:{}[\]<>=]+/g;

/** Replaces ids and names within a text; the longest run of words that is one counts. */
export function maskWords(text: string, { known }: Mask): string {
  const found = [...text.matchAll(word)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  let result = '';
  let done = 0;
  for (let at = 0; at < found.length; at += 1) {
    for (let words = Math.min(mostWords, found.length - at); words > 0; words -= 1) {
      const from = found[at]!.from;
      const run = text.slice(from, found[at + words - 1]!.to);
      const bare = run.replace(/[.!?…]+$/, '');
      const pseudonym = known(run) ?? known(bare);
      if (pseudonym === null) continue;
      const length = known(run) === null ? bare.length : run.length;
      result += text.slice(done, from) + pseudonym;
      done = from + length;
      at += words - 1;
      break;
    }
  }
  return result + text.slice(done);
}

/** The same request with ids for pseudonyms, where a text is one as a whole. */
export function unmaskRequest(request: unknown, actorBehind: (pseudonym: string) => string | null): unknown {
  if (typeof request === 'string') return actorBehind(request) ?? request;
  if (Array.isArray(request)) return request.map((one: unknown) => unmaskRequest(one, actorBehind));
  if (!isPlain(request)) return request;
  return Object.fromEntries(
    Object.entries(request).map(([name, value]) => [name, unmaskRequest(value, actorBehind)]),
  );
}

// Whether whoever signs showed that they are who they say: by what a ledger records of keys and the reviewers who held them.
import { z } from 'zod';
import type { LedgerEntry, LedgerEntryType } from '#shared/model/evidence.ts';
import { keyEndorsement, listEndorsement } from '#shared/model/keys.ts';
import { foldIdentity, identitiesOf, linkIdentities, type Identities } from '../review/aliases.ts';

/**
 * first: the first key of somebody the ledger did not know · endorsed: a key that counted signed for it, or the organisation
 * lists it · none: it took the place of keys of the same reviewer, and nothing shows that it is of the same person.
 */
export type KeyProof = 'first' | 'endorsed' | 'none';

/** A key in the hands of a reviewer. One key may be in those of several ids, each for itself proven or not. */
export type KeyHolding = {
  readonly fingerprint: string;
  readonly publicKey: string | null;
  /** As lists of signers name the owner. */
  readonly identity: string | null;
  /** Reviewer id. */
  readonly holder: string;
  readonly proof: KeyProof;
  /** Number of the entry it came with. */
  readonly seq: number;
  /** Names under which this person's proven keys went before; a list that names the new key so vouches for it. */
  readonly knownAs: readonly string[];
};

/** What was done with a key that nobody vouched for then. */
export type UnprovenAct = Pick<LedgerEntry, 'id' | 'seq' | 'type' | 'subject' | 'actor'> & {
  readonly fingerprint: string;
};

export type KeyProofs = {
  readonly identities: Identities;
  /** By {@link holdingName}. */
  readonly holdings: Map<string, KeyHolding>;
  /** Of the key that was put on record last. */
  newest: string | null;
  /** By entry id. */
  readonly acts: Map<string, UnprovenAct>;
  /** Number of the entry with which the organisation's root key came here by hand; null while there is none. */
  rootSince: number | null;
  /** Keys that a list of the organisation endorsed, and the root key that signed the list. */
  readonly listed: { readonly fingerprint: string; readonly signedBy: string }[];
};

export const emptyKeyProofs = (): KeyProofs => ({
  identities: new Map(),
  holdings: new Map(),
  newest: null,
  acts: new Map(),
  rootSince: null,
  listed: [],
});

/** What only a proven key should be used for. */
export const namedActs: ReadonlySet<LedgerEntryType> = new Set([
  'decision',
  'disposition',
  'anomaly-disposition',
  'concurrence',
  'pack-signed-off',
  'campaign-opened',
  'campaign-discarded',
  'campaign-series-ended',
  'campaign-delegated',
  'campaign-delegation-ended',
  'campaign-decision',
  'campaign-imported',
  'campaign-conflict-closed',
  'campaign-attested',
  'campaign-closed',
  'campaign-remediation',
  'campaign-rechecked',
  'campaign-sampled',
  'campaign-sample-tested',
  'daily-review',
]);

const text = z.string().catch('');
const particulars = z.object({
  publicKey: z.string().nullable().catch(null),
  identity: z.string().nullable().catch(null),
  previous: text,
  endorsement: z.unknown().optional(),
});

const holdingName = (fingerprint: string, holder: string): string => `${fingerprint} ${foldIdentity(holder)}`;

/** How a reviewer showed that a key is theirs; null where the ledger says nothing about the two. */
export const proofOf = ({ holdings }: KeyProofs, fingerprint: string, holder: string): KeyProof | null =>
  holdings.get(holdingName(fingerprint, holder))?.proof ?? null;

/** Every holding of a key, the latest last. */
export const holdingsOf = ({ holdings }: KeyProofs, fingerprint: string): KeyHolding[] =>
  [...holdings.values()].filter((held) => held.fingerprint === fingerprint);

/** Acts with keys that nobody vouches for until now, in ledger order. */
export const unprovenActs = (proofs: KeyProofs): UnprovenAct[] =>
  [...proofs.acts.values()].filter(
    ({ fingerprint, actor }) => proofOf(proofs, fingerprint, actor) === 'none',
  );

/** Whether an entry is such an act. */
export function isUnprovenAct(proofs: KeyProofs, entryId: string): boolean {
  const act = proofs.acts.get(entryId);
  return act !== undefined && proofOf(proofs, act.fingerprint, act.actor) === 'none';
}

/** Keys in hands that nothing vouches for, in ledger order. */
export const unprovenHoldings = ({ holdings }: KeyProofs): KeyHolding[] =>
  [...holdings.values()].filter(({ proof }) => proof === 'none');

export type KeyEntry = Pick<LedgerEntry, 'id' | 'seq' | 'type' | 'subject' | 'actor' | 'payload'>;

/** The same, to be taken further without touching the first. */
export const copyOfProofs = (proofs: KeyProofs): KeyProofs => ({
  ...proofs,
  identities: new Map(proofs.identities),
  holdings: new Map(proofs.holdings),
  acts: new Map(),
  listed: [...proofs.listed],
});

/** Takes one entry, in ledger order. Entries without the particulars of their type are faults that others name. */
export function followKeyProofs(proofs: KeyProofs, entry: KeyEntry): void {
  const { payload, subject, actor } = entry;
  switch (entry.type) {
    case 'reviewer-changed':
      return linkIdentities(proofs.identities, [actor, text.parse(payload['email'])]);
    case 'aliases-changed': {
      const after = z.array(z.string()).catch([]).parse(payload['after']);
      return linkIdentities(proofs.identities, [text.parse(payload['reviewer']), ...after]);
    }
    case 'trust-changed':
      if (payload['change'] === 'root-pinned') proofs.rootSince = entry.seq;
      return;
    case 'key-created':
    case 'key-taken-up':
    case 'key-rotated':
      if (subject !== null) hold(proofs, entry, subject);
      return;
    case 'key-endorsed':
      return endorse(proofs, entry);
    default:
      return noteAct(proofs, entry);
  }
}

function hold(proofs: KeyProofs, entry: KeyEntry, fingerprint: string): void {
  const name = holdingName(fingerprint, entry.actor);
  const before = proofs.holdings.get(name);
  const { proof, knownAs } = judge(proofs, entry, fingerprint);
  proofs.newest = name;
  if (before !== undefined && (before.proof !== 'none' || proof === 'none')) return;
  const { publicKey, identity } = particulars.parse(entry.payload);
  const same = holdingsOf(proofs, fingerprint)[0];
  proofs.holdings.set(name, {
    fingerprint,
    publicKey: publicKey ?? same?.publicKey ?? null,
    identity: identity ?? same?.identity ?? null,
    holder: entry.actor,
    proof,
    seq: before?.seq ?? entry.seq,
    knownAs,
  });
}

/**
 * Whoever holds it has to be vouched for by a proven key of the same id, or, for an id without keys of its own, by one of every
 * other id of the person: ids are linked by whoever says so, and a link alone must not open anybody's name.
 */
function judge(
  proofs: KeyProofs,
  entry: KeyEntry,
  fingerprint: string,
): Pick<KeyHolding, 'proof' | 'knownAs'> {
  const same = holdingsOf(proofs, fingerprint);
  const claimed = claimedKeys(proofs, entry.actor).filter((held) => held.fingerprint !== fingerprint);
  const proven = claimedKeys(proofs, entry.actor).filter(({ proof }) => proof !== 'none');
  const knownAs = [...new Set(proven.flatMap(({ identity }) => identity ?? []))];
  if (claimed.length === 0 && proven.length === 0) {
    const isDoubtful = same.length > 0 && same.every(({ proof }) => proof === 'none');
    return { proof: isDoubtful ? 'none' : (same[0]?.proof ?? 'first'), knownAs };
  }
  const vouchers = new Set([...endorsersOf(entry), ...(entry.type === 'key-rotated' ? [] : [fingerprint])]);
  const holders = new Set(claimedKeys(proofs, entry.actor).map(({ holder }) => foldIdentity(holder)));
  const isVouchedFor = [...holders].every((id) =>
    proven.some((held) => foldIdentity(held.holder) === id && vouchers.has(held.fingerprint)),
  );
  return { proof: isVouchedFor ? 'endorsed' : 'none', knownAs };
}

/** Keys of exactly this id, or of the person where the id has none yet. */
function claimedKeys({ holdings, identities }: KeyProofs, id: string): KeyHolding[] {
  const all = [...holdings.values()];
  const own = all.filter(({ holder }) => foldIdentity(holder) === foldIdentity(id));
  if (own.length > 0) return own;
  const person = identitiesOf(identities, id);
  return all.filter(({ holder }) => person.includes(foldIdentity(holder)));
}

/** The keys that signed for the new one; that the signatures hold is checked where the chain of keys is. */
function endorsersOf({ type, payload }: KeyEntry): string[] {
  const { endorsement, previous } = particulars.parse(payload);
  if (type === 'key-rotated') return typeof endorsement === 'string' ? [previous] : [];
  const vouched = keyEndorsement.safeParse(endorsement);
  return vouched.success ? [vouched.data.by] : [];
}

/** A list counts where its root key was here before the key was, and under a name this person's keys went by before. */
function endorse(proofs: KeyProofs, { subject, payload }: KeyEntry): void {
  const listing = listEndorsement.safeParse(payload);
  if (!listing.success || listing.data.fingerprint !== subject) return;
  for (const held of holdingsOf(proofs, subject)) {
    const isKnown = held.identity !== null && held.knownAs.includes(held.identity);
    const isInTime = proofs.rootSince !== null && proofs.rootSince < held.seq;
    if (held.proof !== 'none' || !isKnown || !isInTime) continue;
    proofs.holdings.set(holdingName(held.fingerprint, held.holder), { ...held, proof: 'endorsed' });
    proofs.listed.push({ fingerprint: subject, signedBy: listing.data.list.signedBy });
  }
}

function noteAct(proofs: KeyProofs, { id, seq, type, subject, actor }: KeyEntry): void {
  const held = proofs.newest === null ? undefined : proofs.holdings.get(proofs.newest);
  if (held?.proof !== 'none' || !namedActs.has(type) || foldIdentity(held.holder) !== foldIdentity(actor))
    return;
  proofs.acts.set(id, { id, seq, type, subject, actor, fingerprint: held.fingerprint });
}

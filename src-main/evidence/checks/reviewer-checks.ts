// The check that nobody took another reviewer's name: acts with keys that came for a known reviewer without proof are named.
import {
  emptyKeyProofs,
  followKeyProofs,
  proofOf,
  unprovenActs,
  unprovenHoldings,
  type KeyHolding,
  type KeyProofs,
  type UnprovenAct,
} from '../key-proofs.ts';
import { ledgerPart } from '../pack-contents.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { fingerprintOf, parsePublicKey } from '../public-key.ts';
import { foldIdentity } from '../../review/aliases.ts';
import { numberOf } from '../report/visible-text.ts';
import { actingKeys, type ActingKey } from './acting-keys.ts';
import { failCheck } from './check.ts';
import { keyJudge, type KeyAnswer, type KeyTrust } from './judge-key.ts';
import type { OpenedPack } from './opened-pack.ts';
import { wholeSeconds } from './signing-time.ts';
import { take, type Watcher } from './watcher.ts';

export const reviewersCheck = 'reviewers';
const mostNamed = 20;

const actNames: Readonly<Record<string, string>> = {
  decision: 'decision',
  disposition: 'disposition',
  'anomaly-disposition': 'disposition of an anomaly',
  concurrence: 'concurrence as second person',
  'pack-signed-off': 'sign-off',
  'campaign-opened': 'opening of a campaign',
  'campaign-discarded': 'discarding of a draft of a campaign',
  'campaign-series-ended': 'end of a series of campaigns',
  'campaign-delegated': 'delegation in a campaign',
  'campaign-delegation-ended': 'end of a delegation in a campaign',
  'campaign-decision': 'decision on an item of a campaign',
  'campaign-imported': 'import of decisions of a campaign',
  'campaign-conflict-closed': 'closing of a conflict in a campaign',
  'campaign-attested': 'attestation of a campaign',
  'campaign-closed': 'closing of a campaign',
  'campaign-remediation': 'remediation in a campaign',
  'campaign-rechecked': 're-check of a campaign',
  'campaign-sampled': 'sample of a campaign',
  'campaign-sample-tested': 'test of a sample of a campaign',
  'daily-review': 'daily review',
};

function nameAct({ seq, type, subject, actor }: UnprovenAct): string {
  return `the ${actNames[type] ?? type} of ${actor} about ${subject ?? 'nothing in particular'} (entry ${seq})`;
}

function listActs(acts: readonly UnprovenAct[]): string {
  const more = acts.length - mostNamed;
  return `${acts.slice(0, mostNamed).map(nameAct).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Who signed this pack with such a key, beyond what the ledger records. */
function signersAmong(pack: OpenedPack, unproven: ReadonlySet<string>): string[] {
  const { preparer } = pack.statement().predicate;
  const prepared = unproven.has(preparer.fingerprint)
    ? [`the preparation of this pack by ${preparer.identity}`]
    : [];
  const signedOff = pack
    .signatures()
    .flatMap(({ signOff }) =>
      signOff !== null && unproven.has(signOff.fingerprint)
        ? [`the sign-off as ${signOff.role} by ${signOff.identity}`]
        : [],
    );
  return [...prepared, ...signedOff];
}

/** Whether the recipient's own list names the key as that of this person, under a name their earlier keys had. */
function isListed(pack: OpenedPack, trust: ReviewerTrust, held: KeyHolding): boolean {
  const { publicKey, identity, knownAs } = held;
  if (publicKey === null || identity === null || !knownAs.includes(identity)) return false;
  return judgeClaimed(pack, trust, publicKey, identity).pinned;
}

/** What the recipient knows of a key, at the time the pack claims. */
function judgeClaimed(
  pack: OpenedPack,
  trust: ReviewerTrust,
  publicKey: string,
  identity: string,
): KeyAnswer {
  const at = Math.min(wholeSeconds(pack.statement().predicate.generatedAt), wholeSeconds(trust.now));
  const time = { basis: 'claimed', at, until: at, authority: null } as const;
  return keyJudge(trust)({ key: parsePublicKey(publicKey), identity, time });
}

export type ReviewerTrust = KeyTrust & { readonly now: string };

/** @param trust keys that the recipient knows by another way than the pack. */
export function watchReviewers(pack: OpenedPack, trust: ReviewerTrust): Watcher {
  const proofs = emptyKeyProofs();
  const keys = actingKeys();
  const add = (entry: LedgerEntry): void => {
    followKeyProofs(proofs, entry);
    keys.add(entry);
  };
  return {
    name: reviewersCheck,
    takes: [take(ledgerPart, ({ entry }) => add(entry))],
    end: () => {
      pack.reservations.push(...doubtsOf(pack, trust, { keys: keys.found(), proofs }));
      return judgeReviewers(pack, trust, proofs);
    },
  };
}

/** What a recipient is to know of the keys with which people acted here, without the pack being wrong. */
function doubtsOf(
  pack: OpenedPack,
  trust: ReviewerTrust,
  { keys, proofs }: { readonly keys: readonly ActingKey[]; readonly proofs: KeyProofs },
): string[] {
  const signers = new Set(pack.signatures().map(({ key }) => key && fingerprintOf(key)));
  // Lists may leave out a key that its owner replaced by the one they name.
  const vouchedFor = new Set(
    keys.filter((key) => isListedAsTheirs(pack, trust, key)).map(({ holder }) => foldIdentity(holder)),
  );
  // Or say until when it was theirs, and not yet which followed it by its own signature.
  const replaced = new Set(
    keys
      .filter((key) => proofOf(proofs, key.fingerprint, key.holder) !== 'none' && isOver(pack, trust, key))
      .map(({ holder }) => foldIdentity(holder)),
  );
  const isNext = ({ fingerprint, holder }: ActingKey): boolean =>
    proofOf(proofs, fingerprint, holder) === 'endorsed' && replaced.has(foldIdentity(holder));
  return keys.flatMap((key) => {
    const { fingerprint, identity, holder, acts, afterRevocation: after } = key;
    if (acts === 0) return [];
    const ended =
      after.length === 0
        ? []
        : [
            `${numberOf(after.length, 'act', 'acts')} of ${holder} ${after.length === 1 ? 'was' : 'were'} recorded after their key ${fingerprint} was revoked, from entry ${after[0]} on.`,
          ];
    const isVouchedFor = vouchedFor.has(foldIdentity(holder)) || isNext(key);
    const isOther = !signers.has(fingerprint) && !isVouchedFor && isAnothers(pack, trust, key);
    const other = `The list that this pack was verified with names ${identity} with another key than ${fingerprint}, with which ${numberOf(acts, 'act', 'acts')} of ${holder} ${acts === 1 ? 'was' : 'were'} recorded in this workspace. Ask the reviewer by another way than the pack whether it was they.`;
    return isOther ? [...ended, other] : ended;
  });
}

function isListedAsTheirs(
  pack: OpenedPack,
  trust: ReviewerTrust,
  { publicKey, identity }: ActingKey,
): boolean {
  return publicKey !== '' && judgeClaimed(pack, trust, publicKey, identity).pinned;
}

/** Whether the recipient’s list names the key as theirs until a day before the time the pack claims. */
const isOver = (pack: OpenedPack, trust: ReviewerTrust, { publicKey, identity }: ActingKey): boolean =>
  publicKey !== '' && judgeClaimed(pack, trust, publicKey, identity).standing === 'expired';

/** Whether the recipient’s list names that person, and not with this key. */
function isAnothers(
  pack: OpenedPack,
  trust: ReviewerTrust,
  { publicKey, identity }: Pick<ActingKey, 'publicKey' | 'identity'>,
): boolean {
  if (publicKey === '' || identity === '') return false;
  const { pinned, standing, comparable } = judgeClaimed(pack, trust, publicKey, identity);
  return !pinned && standing === 'unlisted' && comparable === null;
}

function judgeReviewers(pack: OpenedPack, trust: ReviewerTrust, proofs: KeyProofs): string {
  const unproven = unprovenHoldings(proofs);
  if (unproven.length === 0)
    return `${endorsedByList(proofs)}Nobody took the name of a known reviewer without proof.`;
  const keys = unproven.map(({ fingerprint, holder, seq }) => `${fingerprint} of ${holder} (entry ${seq})`);
  const found = `Not endorsed: ${keys.join(', ')}; nothing in the ledger shows that the person who held the earlier key holds this one.`;
  const acts = unprovenActs(proofs);
  const signed = signersAmong(pack, new Set(unproven.map(({ fingerprint }) => fingerprint)));
  const done = [...signed, ...(acts.length === 0 ? [] : [listActs(acts)])];
  const start = `${endorsedByList(proofs)}${found}`;
  if (done.length === 0) return `${start} Nothing was decided or signed with it.`;
  const named = `${start} Done so: ${done.join(', ')}.`;
  if (unproven.every((held) => isListed(pack, trust, held)))
    return `${named} The list that this pack was verified with names the key, so it is taken as theirs.`;
  return failCheck('unpinned', `${named} Ask the reviewer by another way than the pack whether it was they.`);
}

/** That a list named a key is what the workspace says; the list itself is not in the pack. */
function endorsedByList({ listed }: KeyProofs): string {
  return listed
    .map(
      ({ fingerprint, signedBy }) =>
        `The workspace took ${fingerprint} as endorsed by a list of the root key ${signedBy}. `,
    )
    .join('');
}

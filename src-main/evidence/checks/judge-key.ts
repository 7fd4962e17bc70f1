// Whether somebody outside the pack vouches for a key: revocation first, then a list, then an earlier comparison.
import { isNamed, judgeFirstUse, type FirstUsePin } from '../first-use.ts';
import { judgeSigner, refuseSigner, type SignerAnswer } from '../judge-signer.ts';
import { fingerprintOf, type PublicKey } from '../public-key.ts';
import { parseRevocationLists, type Revocation } from '../revoked-keys.ts';
import { signatureNamespaces } from '../sshsig.ts';
import { readGivenList, type GivenList, type ListOptions } from './given-list.ts';
import type { SigningTime } from './signing-time.ts';

export type KeyTrust = ListOptions & {
  readonly revoked?: string | Uint8Array | readonly (string | Uint8Array)[] | undefined;
  readonly firstUse?: readonly FirstUsePin[] | undefined;
  /** What was signed; an evidence pack when not given. */
  readonly namespace?: string | undefined;
};

export type KeyQuestion = {
  readonly key: PublicKey;
  /** Whom the pack names as the owner; null when it does not say. */
  readonly identity: string | null;
  readonly time: SigningTime;
};

export type KeyAnswer = SignerAnswer & {
  /** Whoever or whatever vouches for the key, for a sentence; null when nothing does. */
  readonly vouchedBy: string | null;
  /** What is to be said about a revocation of the key; null when there is nothing. */
  readonly revocation: string | null;
  /** Whose key it would be if somebody compared it; null when that would not do. */
  readonly comparable: string | null;
};

const silent = { vouchedBy: null, revocation: null, comparable: null };
const revokedLater = 'the key was revoked later; the timestamp is from before it was compromised';

/** Only an independent timestamp can say that a signature is older than the loss of its key. */
function survives({ compromisedSince }: Revocation, time: SigningTime): boolean {
  return time.basis === 'timestamp' && compromisedSince !== null && time.at < compromisedSince;
}

function askList(list: GivenList, namespace: string, { key, identity, time }: KeyQuestion): SignerAnswer {
  if (list.signers === null) return refuseSigner('unlisted', list.absence);
  const { at, until } = time;
  return judgeSigner(list.signers, { key, identity, at, until, namespace });
}

function askFirstUse(list: GivenList, pins: readonly FirstUsePin[], question: KeyQuestion): KeyAnswer | null {
  const { key, identity } = question;
  const found = judgeFirstUse(pins, fingerprintOf(key), identity);
  if (found === null || isNamed(list.signers ?? [], found.pin.identity)) return null;
  return { ...found.answer, ...silent, vouchedBy: found.answer.pinned ? found.answer.reason : null };
}

/**
 * Decides for one key after another.
 * @throws Problem `invalid-input` for a list that cannot be read.
 */
export function keyJudge(trust: KeyTrust): (question: KeyQuestion) => KeyAnswer {
  const revocationOf = parseRevocationLists(trust.revoked);
  const list = readGivenList(trust);
  const namespace = trust.namespace ?? signatureNamespaces.evidencePack;
  return (question) => {
    const { key, identity, time } = question;
    const found = revocationOf(key);
    if (found !== null && !survives(found, time)) {
      const refused = refuseSigner('revoked', 'the key has been revoked', found.compromisedSince);
      return { ...refused, ...silent, revocation: found.reason };
    }
    const revocation = found === null ? null : revokedLater;
    const answer = askList(list, namespace, question);
    if (answer.pinned) return { ...answer, ...silent, vouchedBy: list.name, revocation };
    const first = askFirstUse(list, trust.firstUse ?? [], question);
    if (first !== null) return { ...first, revocation };
    const isOpen =
      answer.standing === 'unlisted' && identity !== null && !isNamed(list.signers ?? [], identity);
    return { ...answer, ...silent, comparable: isOpen ? identity : null };
  };
}

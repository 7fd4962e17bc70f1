// Whose keys signed the files in which decisions came back: by what the recipient knows of keys, not by what the pack says.
import { signatureNamespaces } from '../sshsig.ts';
import { fingerprintOf } from '../public-key.ts';
import { failCheck } from './check.ts';
import { keyJudge, type KeyAnswer, type KeyTrust } from './judge-key.ts';
import type { ReturnedBag } from './returned-bag.ts';
import type { TakenIn } from './returned-comparison.ts';
import { signingTime, wholeSeconds } from './signing-time.ts';

export type SignedReturn = {
  readonly taken: TakenIn;
  readonly bag: ReturnedBag;
  /** The newest moment at which one of its decisions is said to have been made; null where there is none. */
  readonly newestAt: string | null;
};

type Judged = KeyAnswer & { readonly who: string; readonly accepted: string | null };

/** Named in a check by its own; a pack is handed out all the same when whoever exports it cannot vouch for a reviewer. */
export const returnedSignersCheck = 'returned-signers';

/**
 * A key nobody vouches for is said. One that is revoked, ended, somebody else’s, or another than the one a list names, is not trusted.
 * @throws CheckFailure `unpinned`, or Problem `invalid-input` for a list that cannot be read
 */
export function returnedSigners(
  signed: readonly SignedReturn[],
  trust: KeyTrust & { readonly now: string },
  reserve: (sentence: string) => void,
): string {
  if (signed.length === 0) return 'There is no such signature.';
  const ask = keyJudge({ ...trust, namespace: signatureNamespaces.assignmentDecisions });
  const vouched = new Set<string>();
  const said = new Set<string>();
  for (const one of signed) {
    const judged = judge(one, ask, trust.now);
    if (judged.pinned) vouched.add(`${judged.who}, as ${judged.vouchedBy ?? 'nobody'} confirms`);
    else if (judged.comparable === null) failCheck('unpinned', doubt(judged));
    else said.add(unknown(judged));
  }
  said.forEach(reserve);
  return [
    ...(vouched.size === 0 ? [] : [`Decisions by file signed by ${[...vouched].join('; ')}.`]),
    ...said,
  ].join(' ');
}

function judge(
  { taken, bag: { key, statement }, newestAt }: SignedReturn,
  ask: ReturnType<typeof keyJudge>,
  now: string,
): Judged {
  const { identity } = statement.signer;
  const time = signingTime({
    answer: null,
    claimedAt: statement.madeAt,
    newestAt: newestAt === null ? null : wholeSeconds(newestAt),
    now,
    isPreparer: true,
  });
  const accepted = taken.imports.find((one) => one.accepted !== null)?.accepted ?? null;
  return { ...ask({ key, identity, time }), accepted, who: `${identity} with ${fingerprintOf(key)}` };
}

const doubt = ({ who, standing, reason, revocation }: Judged): string =>
  `Decisions that came by file are said to be signed by ${who}, but ${
    standing === 'unlisted' ? 'the list of allowed signers names that person with another key' : reason
  }${revocation === null ? '' : ` (${revocation.replaceAll(/\p{C}/gu, ' ')})`}. Ask the reviewer by another way than the pack whether the decisions are theirs.`;

const unknown = ({ who, accepted }: Judged): string =>
  `Nobody you named vouches for the key of a reviewer: decisions came by file, signed by ${who}. ${
    accepted === null
      ? 'The workspace that took them in knew the key'
      : `The workspace that took them in accepted the key on somebody’s word (“${accepted.replaceAll(/\p{C}/gu, ' ')}”)`
  }, which is the word of whoever signed this pack.`;

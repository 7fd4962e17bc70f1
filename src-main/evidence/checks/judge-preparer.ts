// Judges the one key that signed a bag of another kind than a pack, and says whose it is.
import { fingerprintOf, type PublicKey } from '../public-key.ts';
import { failCheck } from './check.ts';
import { keyJudge } from './judge-key.ts';
import { packSigner, type PackSigner, type TrustOptions } from './signature-checks.ts';
import { doubtAbout, trustIn } from './signer-sentences.ts';
import { signingTime } from './signing-time.ts';

export type PreparerQuestion = {
  readonly key: PublicKey;
  /** Whom the bag names as the owner of the key. */
  readonly identity: string;
  readonly namespace: string;
  /** ISO instant at which the bag says that it was made. */
  readonly claimedAt: string;
  /** The newest moment that its contents name, in seconds since the epoch; null where they name none. */
  readonly newestAt: number | null;
};

/**
 * Adds the signer to `signers`, whatever is thought of them.
 * @returns the sentence for a signer that somebody vouches for; any other fails the check as `unpinned`
 */
export function judgePreparer(
  { key, identity, namespace, claimedAt, newestAt }: PreparerQuestion,
  options: TrustOptions,
  signers: PackSigner[],
): string {
  const time = signingTime({ answer: null, claimedAt, newestAt, now: options.now, isPreparer: true });
  const answer = keyJudge({ ...options, namespace })({ key, identity, time });
  const judged = { ...answer, fingerprint: fingerprintOf(key), claimed: identity, time };
  signers.push(packSigner(judged));
  if (!answer.pinned) failCheck('unpinned', doubtAbout(judged));
  return trustIn(judged);
}

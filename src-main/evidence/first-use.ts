// Trust on first use: keys that somebody compared by another way, for want of a list. A changed key is an alarm.
import { refuseSigner, type SignerAnswer } from './judge-signer.ts';
import { matchesPatternList } from './pattern-list.ts';
import type { AllowedSigner } from './allowed-signers.ts';

export type FirstUsePin = {
  readonly identity: string;
  /** `SHA256:…` */
  readonly fingerprint: string;
  /** ISO instant at which somebody compared it. */
  readonly comparedAt: string;
};

/**
 * What earlier comparisons say about a key that no list vouches for; null when they say nothing.
 * @param identity whom the pack names as the owner; null when it does not say.
 */
export function judgeFirstUse(
  pins: readonly FirstUsePin[],
  fingerprint: string,
  identity: string | null,
): { readonly answer: SignerAnswer; readonly pin: FirstUsePin } | null {
  const known = pins.find((pin) => identity === null || pin.identity === identity);
  const same = pins.find(
    (pin) => pin.fingerprint === fingerprint && (identity === null || pin.identity === identity),
  );
  if (same) {
    const reason = `first use, compared by you on ${same.comparedAt.slice(0, 10)}`;
    return {
      pin: same,
      answer: { pinned: true, identity: same.identity, standing: 'listed', reason, limit: null },
    };
  }
  if (identity === null || known === undefined) return null;
  const reason = `the key of ${identity} compared on ${known.comparedAt.slice(0, 10)} was ${known.fingerprint}`;
  return { pin: known, answer: refuseSigner('changed', reason) };
}

/** Whether a list speaks about somebody, so that a comparison must not speak in its place. */
export const isNamed = (signers: readonly AllowedSigner[], identity: string): boolean =>
  signers.some(({ principals }) => matchesPatternList(identity, principals));

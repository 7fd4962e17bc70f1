// Checks of who signed: the signatures hold, and somebody other than the pack vouches for the keys.
import type { Verification } from '#shared/model/evidence.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { parseAllowedSigners, type AllowedSigner } from '../allowed-signers.ts';
import { judgeSigner, refuseSigner, type SignerAnswer } from '../judge-signer.ts';
import { fingerprintOf, type PublicKey } from '../public-key.ts';
import { parseRevokedKeys } from '../revoked-keys.ts';
import { signatureNamespaces } from '../sshsig.ts';
import { failCheck, type Check } from './check.ts';
import type { OpenedPack } from './opened-pack.ts';
import { doubtAbout, type DoubtfulSigner } from './signer-sentences.ts';

type PackSigner = Verification['signers'][number];

export type TrustOptions = {
  /** Content of an allowed-signers file; without one nobody is pinned. */
  readonly signers?: string | undefined;
  /** Content of a plain list of revoked keys. */
  readonly revoked?: string | undefined;
  /** ISO instant at which keys must be valid. */
  readonly now: string;
  /** IANA zone for times without Z in the list of signers; UTC when not given. */
  readonly zone?: string | undefined;
};

function checkSignatures(pack: OpenedPack): string {
  const signatures = pack.signatures();
  for (const { fault } of signatures) if (fault !== null) failCheck(fault.kind, fault.detail);
  const keys = signatures.flatMap(({ key }) => (key === null ? [] : [fingerprintOf(key)]));
  if (keys.length === 0) failCheck('malformed', 'The pack has no signature at all.');
  if (new Set(keys).size < keys.length) failCheck('tampered', 'One key has signed in two roles.');
  return `${keys.length} signature${keys.length === 1 ? '' : 's'} over tagmanifest-sha256.txt: ${keys.join(', ')}.`;
}

/** Decides for one key after another whether an outside list vouches for it. */
function judge(options: TrustOptions): (key: PublicKey, identity: string | null) => SignerAnswer {
  const revoked = parseRevokedKeys(options.revoked ?? '');
  const listed: AllowedSigner[] | null =
    options.signers === undefined ? null : parseAllowedSigners(options.signers, options.zone ?? 'UTC');
  const at = Math.floor(parseInstant(options.now) / 1_000_000);
  return (key, identity) => {
    if (revoked(key)) return refuseSigner('revoked', 'the key has been revoked');
    if (listed === null) return refuseSigner('unlisted', 'no list of allowed signers was given');
    return judgeSigner(listed, { key, identity, at, namespace: signatureNamespaces.evidencePack });
  };
}

type JudgedSigner = SignerAnswer & DoubtfulSigner;

/** The signers of the readable, valid signatures; the preparer first. */
function judgeSigners(pack: OpenedPack, options: TrustOptions): JudgedSigner[] {
  const ask = judge(options);
  const { preparer } = pack.statement().predicate;
  const judged: JudgedSigner[] = [];
  for (const { key, fault } of pack.signatures()) {
    if (key === null || fault !== null) continue;
    const fingerprint = fingerprintOf(key);
    const isPreparer = fingerprint === preparer.fingerprint;
    const claimed = isPreparer ? preparer.identity : null;
    judged[isPreparer ? 'unshift' : 'push']({ fingerprint, claimed, ...ask(key, claimed) });
  }
  return judged;
}

function checkSigner(judged: readonly JudgedSigner[]): string {
  const doubtful =
    judged.find(({ standing }) => standing === 'revoked') ?? judged.find(({ pinned }) => !pinned);
  if (doubtful) failCheck('unpinned', doubtAbout(doubtful));
  return `Signed by ${judged.map((signer) => signer.identity ?? '').join(', ')}, as the list of allowed signers confirms.`;
}

/** The checks of who signed; those who were found are added to `signers`. */
export function signatureChecks(options: TrustOptions, signers: PackSigner[]): readonly Check<OpenedPack>[] {
  return [
    { name: 'signatures', needs: ['container'], run: checkSignatures },
    {
      name: 'signer',
      needs: ['signatures'],
      run: (pack) => {
        const judged = judgeSigners(pack, options);
        signers.push(
          ...judged.map(({ identity, fingerprint, pinned }) => ({ identity, fingerprint, pinned })),
        );
        return checkSigner(judged);
      },
    },
  ];
}

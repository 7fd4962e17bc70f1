// Checks of who signed: the signatures hold, and somebody other than the pack vouches for the keys.
import type { Verification } from '#shared/model/evidence.ts';
import type { FirstUsePin } from '../first-use.ts';
import { fingerprintOf } from '../public-key.ts';
import type { TimestampJudge } from '../timestamp-judge.ts';
import { failCheck, type Check } from './check.ts';
import { keyJudge, type KeyAnswer } from './judge-key.ts';
import type { OpenedPack } from './opened-pack.ts';
import type { PreviousPack } from './previous-checks.ts';
import { doubtAbout, trustIn, type DoubtfulSigner } from './signer-sentences.ts';
import { answerAbout, noTimestampJudge, signingTime, wholeSeconds } from './signing-time.ts';
import { timestampCheck } from './timestamp-checks.ts';
import type { IsPrintOf } from './view-checks.ts';

export type PackSigner = Verification['signers'][number];

export type TrustOptions = {
  /** Content of an allowed-signers file, an organisation's or one by hand; without one nobody is pinned. */
  readonly signers?: string | undefined;
  /** Content of lists of revoked keys, each plain text, or a binary KRL as bytes; a key on any of them is revoked. */
  readonly revoked?: string | Uint8Array | readonly (string | Uint8Array)[] | undefined;
  /** Keys that somebody compared by another way; asked only where no list speaks about the signer. */
  readonly firstUse?: readonly FirstUsePin[] | undefined;
  /** The pack before this one, to be held against it; without one only its name is known. */
  readonly previous?: PreviousPack | undefined;
  /** Judges RFC 3161 timestamps; without one they stay unchecked and all times are claims. */
  readonly timestamps?: TimestampJudge | undefined;
  /** Draws the print of a report again; without it report.pdf is only known to be what was signed. */
  readonly isPrintOf?: IsPrintOf | undefined;
  /** ISO instant of the verification. Keys must be valid when they signed, by a timestamp or by the pack's claim. */
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

type JudgedSigner = KeyAnswer & DoubtfulSigner;

/** The signers of the readable, valid signatures; the preparer first. */
function judgeSigners(pack: OpenedPack, options: TrustOptions): JudgedSigner[] {
  const ask = keyJudge(options);
  const { preparer, generatedAt: claimedAt } = pack.statement().predicate;
  const newestAt = pack.walked?.newestAt ?? null;
  const judged: JudgedSigner[] = [];
  for (const signature of pack.signatures()) {
    const { key, fault } = signature;
    if (key === null || fault !== null) continue;
    const fingerprint = fingerprintOf(key);
    const isPreparer = fingerprint === preparer.fingerprint;
    const claimed = isPreparer ? preparer.identity : (signature.signOff?.identity ?? null);
    const answer = answerAbout(options.timestamps ?? noTimestampJudge, signature);
    const said = isPreparer ? null : signature.signOff;
    const time = signingTime({
      answer,
      claimedAt: said?.signedAt ?? claimedAt,
      newestAt: said === null ? newestAt : Math.max(newestAt ?? -Infinity, wholeSeconds(claimedAt)),
      now: options.now,
      isPreparer: isPreparer || said !== null,
    });
    const signer = { fingerprint, claimed, time, ...ask({ key, identity: claimed, time }) };
    judged[isPreparer ? 'unshift' : 'push'](signer);
  }
  return judged;
}

/** A signer as the verdict lists them. */
export function packSigner({
  identity,
  fingerprint,
  pinned,
  comparable,
  standing,
}: Pick<JudgedSigner, 'identity' | 'fingerprint' | 'pinned' | 'comparable' | 'standing'>): PackSigner {
  const known = { identity, fingerprint, pinned, ...(standing !== 'listed' && { doubt: standing }) };
  return comparable === null ? known : { ...known, comparable };
}

function checkSigner(judged: readonly JudgedSigner[]): string {
  const doubtful =
    judged.find(({ standing }) => standing === 'revoked') ??
    judged.find(({ standing }) => standing === 'changed') ??
    judged.find(({ pinned }) => !pinned);
  if (doubtful) failCheck('unpinned', doubtAbout(doubtful));
  return judged.map(trustIn).join(' ');
}

/** The checks of who signed, and when; those who were found are added to `signers`. */
export function signatureChecks(options: TrustOptions, signers: PackSigner[]): readonly Check<OpenedPack>[] {
  return [
    { name: 'signatures', needs: ['container'], run: checkSignatures },
    timestampCheck({ timestamps: options.timestamps ?? noTimestampJudge, now: options.now }),
    {
      name: 'signer',
      needs: ['signatures', 'timestamps'],
      run: (pack) => {
        const judged = judgeSigners(pack, options);
        signers.push(...judged.map(packSigner));
        return checkSigner(judged);
      },
    },
  ];
}

// What `verify` goes by: files given by hand, or what the workspace holds; and the comparison of a key on first use.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verification } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { GivenTrust } from '#shared/model/trust.ts';
import { trustByHand, trustInForce } from '../../api/trust-in-force.ts';
import type { TrustOptions } from '../../evidence/checks/signature-checks.ts';
import { digestOf, fingerprintOfWords, hexGroupsOf, wordsOf } from '../../evidence/fingerprint-words.ts';
import { pinFirstUse } from '../../review/trust-acts.ts';
import { text, UsageError, type CommandContext, type CommandOption } from './command.ts';
import { printable } from './print.ts';

export const trustOptions: Readonly<Record<string, CommandOption>> = {
  signers: {
    type: 'string',
    value: 'FILE',
    description: 'list of allowed signers by hand; without it the one this workspace holds',
  },
  revoked: { type: 'string', value: 'FILE', description: 'list of revoked keys, plain or KRL' },
  'tsa-ca': {
    type: 'string',
    value: 'FILE',
    description: 'certificates (PEM) of the timestamp authority to believe',
  },
  'trust-on-first-use': {
    type: 'string',
    value: 'FINGERPRINT',
    description:
      'the fingerprint (or its 24 words) that the signer told you by another way; kept from then on',
  },
};

/** Reads a file somebody named; which one it was matters when it cannot be read. */
function opening(what: string, path: string | undefined): Buffer | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Problem('file-unreadable', `${what} cannot be opened, so nothing was verified.`, { cause });
  }
}

type VerifyContext = Pick<CommandContext, 'values' | 'workstation' | 'workspaceDirectory'>;

/**
 * With a list by hand no workspace is looked at, so that a stranger's answer is everybody's.
 * @throws Problem for files, or a workspace, that cannot be read
 */
export async function trustOf({
  values,
  workstation,
  workspaceDirectory,
}: VerifyContext): Promise<TrustOptions> {
  const given: GivenTrust = {
    signers: opening('The list of allowed signers', text(values, 'signers'))?.toString('utf8'),
    revokedList: opening('The list of revoked keys', text(values, 'revoked'))?.toString('base64'),
    authorities: opening('The file of the timestamp authority', text(values, 'tsa-ca'))?.toString('utf8'),
  };
  const isCompared = text(values, 'trust-on-first-use') !== undefined;
  const hasWorkspace = existsSync(join(workspaceDirectory, 'ledger.sqlite'));
  return isCompared || (given.signers === undefined && hasWorkspace)
    ? trustInForce(await workstation(), given)
    : trustByHand(given, new Date().toISOString());
}

/** `SHA256:…`, or the words of one. */
function comparedFingerprint(given: string): string {
  try {
    return given.startsWith('SHA256:')
      ? `SHA256:${digestOf(given).toString('base64').slice(0, -1)}`
      : fingerprintOfWords(given);
  } catch (error) {
    if (error instanceof Problem) throw new UsageError(`--trust-on-first-use: ${error.message}`);
    throw error;
  }
}

/** What to read out over the telephone, when a comparison is all that is missing. */
export function comparisonLines({ verdict, signer }: Verification): string[] {
  if (verdict !== 'unpinned' || signer?.comparable === undefined) return [];
  const { fingerprint, comparable } = signer;
  return [
    '',
    `If there is no list: ask ${printable(comparable)} by another way than the pack, by telephone for instance, which key is theirs.`,
    `  ${fingerprint}`,
    `  ${hexGroupsOf(fingerprint)}`,
    `  ${wordsOf(fingerprint).join(' ')}`,
    'Then verify again with --trust-on-first-use and what they told you.',
  ];
}

/**
 * Pins the signer's key when it is the one somebody was told, and verifies once more.
 * @param verify verifies the same pack by what it is given
 */
export async function withFirstUse(
  context: VerifyContext,
  verification: Verification,
  verify: (trust: TrustOptions) => Promise<Verification>,
): Promise<Verification> {
  const given = text(context.values, 'trust-on-first-use');
  const { signer } = verification;
  if (given === undefined || verification.verdict !== 'unpinned' || signer === null) return verification;
  const compared = comparedFingerprint(given);
  if (signer.fingerprint !== compared) {
    const summary = `Intact, but not trusted. The key you were told is ${compared}, and this pack was signed with ${signer.fingerprint}. Nothing was kept. Ask the signer again by another way than the pack.`;
    return { ...verification, summary };
  }
  if (signer.comparable === undefined) return verification;
  pinFirstUse((await context.workstation()).ledger, signer.comparable, compared);
  return verify(await trustOf(context));
}

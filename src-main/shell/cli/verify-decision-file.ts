// Verifies the file of a single decision, by the same trust as a pack.
import { readFileSync, statSync } from 'node:fs';
import type { Verification } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { TrustOptions } from '../../evidence/checks/signature-checks.ts';
import { verifyDecision } from '../../evidence/verify-decision.ts';
import type { CommandContext } from './command.ts';
import { trustOf, withFirstUse } from './verify-trust.ts';

const largestProofBytes = 2 ** 27;

/** @throws Problem `file-unreadable`, or for lists that cannot be read */
export async function verifyDecisionFile(path: string, context: CommandContext): Promise<Verification> {
  const content = readProofFile(path);
  const verify = (trust: TrustOptions) => verifyDecision(content, trust);
  return withFirstUse(context, await verify(await trustOf(context)), verify);
}

function readProofFile(path: string): string {
  try {
    if (statSync(path).size <= largestProofBytes) return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Problem('file-unreadable', 'The decision cannot be opened, so nothing was verified.', {
      cause,
    });
  }
  throw new Problem('file-unreadable', 'This file is larger than a decision with its proof can be.');
}

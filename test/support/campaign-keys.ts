// The line of a workspace's key in a list of allowed signers.
import { listKeys } from '../../src-main/evidence/keys.ts';
import type { Workstation } from '../../src-main/workstation.ts';

export function listSigningKey({
  keysDirectory,
  ledger,
}: Pick<Workstation, 'keysDirectory' | 'ledger'>): string {
  const key = listKeys(keysDirectory).find(
    ({ fingerprint }) => fingerprint === ledger.state().keyFingerprint,
  );
  if (!key) throw new Error('This workspace has no key that signs.');
  return key.allowedSigners;
}

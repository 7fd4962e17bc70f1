// A plain list of revoked keys: one public key or one SHA256 fingerprint a line.
import { Problem } from '#shared/model/problem.ts';
import { fingerprintOf, parsePublicKey, type PublicKey } from './public-key.ts';

const binaryListMagic = 'SSHKRL\n';

function readLine(line: string, number: number): string {
  if (/^SHA256:[A-Za-z0-9+/]{43}$/.test(line)) return line;
  try {
    return fingerprintOf(parsePublicKey(line));
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    throw new Problem(
      'invalid-input',
      `The list of revoked keys cannot be read: line ${number} is neither a public key nor a SHA256 fingerprint.`,
      { next: 'Write one public key (ssh-ed25519 AAAA…) or one fingerprint (SHA256:…) on each line.', cause },
    );
  }
}

/**
 * Reads the list into a test for one key.
 * @throws Problem `invalid-input` for a binary KRL and for any line that cannot be read; no line is ever skipped.
 */
export function parseRevokedKeys(text: string): (key: PublicKey) => boolean {
  if (text.startsWith(binaryListMagic)) {
    throw new Problem(
      'invalid-input',
      'The list of revoked keys is a binary OpenSSH revocation list (KRL).',
      {
        next: 'Give the revoked keys as plain text, one a line, or check the pack with ssh-keygen -Y verify -r.',
      },
    );
  }
  const fingerprints = new Set<string>();
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line !== '' && !line.startsWith('#')) fingerprints.add(readLine(line, index + 1));
  }
  return (key) => fingerprints.has(fingerprintOf(key));
}

// VERIFY.txt of a redacted pack: how a stranger checks it, and what it can show at all.
import { redactionLimits } from './redacted-contents.ts';

export const redactedVerifyText = Buffer.from(`HOW TO VERIFY THIS REDACTED PACK

Personal values of the full pack are replaced by tokens: "sha256:" and the SHA-256 of a salt followed by the value. The salts are
not here. data/redaction.json says what was replaced and of which pack this was made.

What this shows, and what it does not:

${redactionLimits.map((limit) => `- ${limit}`).join('\n')}

You need sha256sum, ssh-keygen of OpenSSH 8.1 or later, and from the signer, by another channel than this file, the list of allowed
signers, here called allowed_signers, and the identity in it, here called IDENTITY. Extract this file with any unzip program
and open a terminal in the folder that holds VERIFY.txt. Every step must succeed.

  sha256sum --strict -c tagmanifest-sha256.txt
  sha256sum --strict -c manifest-sha256.txt
  for s in signatures/*.sig; do
    ssh-keygen -Y verify -f allowed_signers -I IDENTITY -n countersign-redacted-pack -s "$s" < tagmanifest-sha256.txt
  done

The hash of an entry in data/redacted-ledger.jsonl is the SHA-256 of one zero byte followed by the entry as canonical JSON (RFC 8785).
data/checkpoint.txt holds the number of entries and the RFC 6962 Merkle root over their hashes in base64.
"countersign verify FILE.zip" checks all of it.

If somebody reveals a value with its salt (64 hex digits), the token must come out of:

  (printf %s SALT | xxd -r -p; printf %s 'VALUE') | sha256sum
`);

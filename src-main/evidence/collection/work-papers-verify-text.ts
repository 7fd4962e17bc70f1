// VERIFY.txt of work papers: how a stranger checks them with tools that come with the system. It names no key on purpose.

export const workPapersVerifyText = Buffer.from(`HOW TO VERIFY THESE WORK PAPERS

They were written by an auditor about somebody else's evidence pack. data/statement.json names that pack by its SHA-256.

You need sha256sum, ssh-keygen of OpenSSH 8.1 or later, and from the auditor, by another channel than this file, the list of
allowed signers, here called auditor_signers, and the identity in it, here called IDENTITY.

Extract this file with any unzip program, and open a terminal in the folder that holds VERIFY.txt. On macOS write
"shasum -a 256" for "sha256sum". Every one of the steps must succeed.

  sha256sum --strict -c tagmanifest-sha256.txt
  sha256sum --strict -c manifest-sha256.txt
  cut -c67- manifest-sha256.txt | LC_ALL=C sort > /tmp/listed
  find data -type f | LC_ALL=C sort > /tmp/found
  diff /tmp/listed /tmp/found
  for s in signatures/*.sig; do
    ssh-keygen -Y verify -f auditor_signers -I IDENTITY -n countersign-work-papers -s "$s" < tagmanifest-sha256.txt
  done

Whether the pack you hold is the one these work papers are about (it must be the digest of the subject in data/statement.json):

  sha256sum PACK.zip

Whether a sample was drawn as it is said to be, for each folder below data/samples (it must print nothing):

  (cd data/samples/S-1 && sh redraw.sh)

keys.txt there holds the keys of the population. recipe.txt says how they are taken from the extracted pack.

The ledger in data/ledger.jsonl is the auditor's own. The hash of an entry is the SHA-256 of one zero byte followed by its line
without the line end, and each entry names the hash of the one before as "prev". data/checkpoint.txt holds the number of
entries and the RFC 6962 Merkle root over these hashes.
`);

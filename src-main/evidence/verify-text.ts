// VERIFY.txt: how a stranger checks a pack with tools that come with the system. It names no key on purpose.

/** The text; it depends on nothing, because whatever it said about the signer could be forged along with the pack. */
export const verifyText = Buffer.from(`HOW TO VERIFY THIS EVIDENCE PACK

You need nothing of ours: only sha256sum (or Get-FileHash) and ssh-keygen of OpenSSH 8.1 or later.

From the organisation that gave you this pack, by another channel than the pack itself, ask for
  - the list of allowed signers (a file in the format of ssh-keygen), here called org_signers
  - the identity of the signer as it stands in that list, here called IDENTITY
  - the list of revoked keys, if there is one, here called org_revoked
A key that came with the pack proves nothing about who signed it. Therefore none is given here.

Extract the pack with any unzip program, and open a terminal in the folder that holds this file.
Every one of the steps must succeed.


Linux, macOS (sh; on macOS write "shasum -a 256" for "sha256sum")

  sha256sum --strict -c tagmanifest-sha256.txt
  sha256sum --strict -c manifest-sha256.txt
  cut -c67- manifest-sha256.txt | LC_ALL=C sort > /tmp/listed
  find data -type f | LC_ALL=C sort > /tmp/found
  diff /tmp/listed /tmp/found
  for s in signatures/*.sig; do
    ssh-keygen -Y verify -f org_signers -I IDENTITY -n countersign-evidence-pack -s "$s" < tagmanifest-sha256.txt
  done

  With a list of revoked keys add: -r org_revoked
  The third to fifth line find files that were added: sha256sum alone does not notice them.


Windows, cmd.exe

  for /f "tokens=1,*" %h in (tagmanifest-sha256.txt manifest-sha256.txt) do @(certutil -hashfile "%i" SHA256 | findstr /i %h >nul || echo CHANGED: %i)
  for /f "delims=" %s in ('dir /b signatures\\*.sig') do ssh-keygen -Y verify -f org_signers -I IDENTITY -n countersign-evidence-pack -s signatures\\%s < tagmanifest-sha256.txt

  The first line must print nothing. To find added files use the PowerShell lines below.


Windows, PowerShell (its pipes change bytes, so the signature is checked through cmd)

  Get-Content tagmanifest-sha256.txt, manifest-sha256.txt | ForEach-Object { if ((Get-FileHash -Algorithm SHA256 -LiteralPath $_.Substring(66)).Hash -ne $_.Substring(0, 64)) { "CHANGED: " + $_.Substring(66) } }
  $listed = Get-Content manifest-sha256.txt | ForEach-Object { $_.Substring(66) }
  $found = Get-ChildItem data -Recurse -File | ForEach-Object { (Resolve-Path -Relative -LiteralPath $_.FullName).Substring(2).Replace("\\", "/") }
  Compare-Object $listed $found
  Get-ChildItem signatures -Filter *.sig | ForEach-Object { cmd /c "ssh-keygen -Y verify -f org_signers -I IDENTITY -n countersign-evidence-pack -s signatures\\$($_.Name) < tagmanifest-sha256.txt" }

  The first and the fourth line must print nothing.


What it means

  ssh-keygen says Good "countersign-evidence-pack" signature for IDENTITY: the pack is what that signer signed.
  Anything else: do not rely on the pack.

  The ledger in data/ledger.jsonl can be checked by hand, too. The hash of an entry is the SHA-256 of one zero byte
  followed by its line without the line end, and each entry names the hash of the one before as "prev":
    { printf '\\000'; sed -n 1p data/ledger.jsonl | tr -d '\\n'; } | sha256sum
  data/checkpoint.txt holds the number of entries and the RFC 6962 Merkle root over these hashes.
`);

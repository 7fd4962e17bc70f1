// VERIFY.txt: how a stranger checks a pack with tools that come with the system. It names no key on purpose.
import { sha256Hex } from './digest.ts';

/** The text; it depends on nothing, because whatever it said about the signer could be forged along with the pack. */
export const verifyText = Buffer.from(`HOW TO VERIFY THIS EVIDENCE PACK

You need nothing of ours: only sha256sum (or certutil, or Get-FileHash) and ssh-keygen of OpenSSH 8.1 or later.
If you would rather see every number recomputed, the organisation can give you verify.html, which any browser opens
without a network, or the program countersign. Neither is in this pack: a verifier that comes inside what it verifies
proves nothing. Ask for the SHA-256 of verify.html by another channel, too, and compare it.

From the organisation that gave you this pack, by another channel than the pack itself, ask for
  - the list of allowed signers (a file in the format of ssh-keygen), here called org_signers
  - the identity of the signer as it stands in that list, here called IDENTITY; where several have signed, check each
    file in signatures with the identity of its own signer
  - the list of revoked keys, if there is one, here called org_revoked
A key that came with the pack proves nothing about who signed it. Therefore none is given here.

Extract the pack with any unzip program, and open a terminal in the folder that holds this file.
Every one of the steps must succeed.


Linux, macOS (sh; on macOS write "shasum -a 256" for "sha256sum")

  sha256sum --strict -c tagmanifest-sha256.txt
  sha256sum --strict -c manifest-sha256.txt
  cut -c67- manifest-sha256.txt | LC_ALL=C sort > /tmp/listed
  find data ! -type d | LC_ALL=C sort > /tmp/found
  diff /tmp/listed /tmp/found
  find . -type l
  for s in signatures/*.sig; do
    ssh-keygen -Y verify -f org_signers -I IDENTITY -n countersign-evidence-pack -s "$s" < tagmanifest-sha256.txt
  done

  With a list of revoked keys add: -r org_revoked
  The third to fifth line find files that were added: sha256sum alone does not notice them. diff and the second find must
  print nothing; a pack holds no links.


Windows 10 or later, cmd.exe (typed as they are; in a .bat file every % is written twice)

  for /f "tokens=1,*" %h in (tagmanifest-sha256.txt manifest-sha256.txt) do @for %f in ("%i") do @if "%~zf"=="0" (if not %h==e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 echo CHANGED: %i) else (certutil -hashfile "%i" SHA256 | findstr /i %h >nul || echo CHANGED: %i)
  for /f "delims=" %s in ('dir /b signatures\\*.sig') do ssh-keygen -Y verify -f org_signers -I IDENTITY -n countersign-evidence-pack -s signatures\\%s < tagmanifest-sha256.txt

  The first line must print nothing; it knows the hash of nothing by heart, because certutil refuses empty files. To find
  added files use the second to fourth line for PowerShell below.


Windows 10 or later, PowerShell (its pipes change bytes, so the signature is checked through cmd)

  Get-Content tagmanifest-sha256.txt, manifest-sha256.txt | ForEach-Object { if ((Get-FileHash -Algorithm SHA256 -LiteralPath $_.Substring(66)).Hash -ne $_.Substring(0, 64)) { "CHANGED: " + $_.Substring(66) } }
  $listed = Get-Content manifest-sha256.txt | ForEach-Object { $_.Substring(66) }
  $found = Get-ChildItem data -Recurse -File -Force | ForEach-Object { (Resolve-Path -Relative -LiteralPath $_.FullName).Substring(2).Replace("\\", "/") }
  Compare-Object $listed $found
  Get-ChildItem signatures -Filter *.sig | ForEach-Object { cmd /c "ssh-keygen -Y verify -f org_signers -I IDENTITY -n countersign-evidence-pack -s signatures\\$($_.Name) < tagmanifest-sha256.txt" }

  The first and the fourth line must print nothing.
  In both, with a list of revoked keys add: -r org_revoked


If there is a folder timestamps (openssl 1.1 or later; tsa-ca.pem is the certificate of a timestamp authority that you trust,
not one that came with the pack)

  for t in timestamps/*.tsr; do s=signatures/$(basename "$t" .tsr).sig
    openssl ts -verify -data "$s" -in "$t" -CAfile tsa-ca.pem; done

  "Verification: OK" for each: that signature existed at the time that openssl ts -reply -in FILE.tsr -text prints.
  Without a timestamp the time of signing is a claim of the pack.


If there is a folder sign-offs (who prepared or approved the pack, and with which words; sh)

  Every signature in the folder signatures verifies for the identity of its own signer only. Then for each sign-off of IDENTITY:
    ssh-keygen -Y verify -f org_signers -I IDENTITY -n countersign-sign-off -s sign-offs/NAME.json.sig < sign-offs/NAME.json
  "tagManifestSha256" in it must be what sha256sum tagmanifest-sha256.txt prints, and "identity" the IDENTITY.
  Preparer and approver must be two people.


If there is a folder data/returned (decisions of an access review that reviewers handed back as files, extracted; sh)

  Each folder in it bears the SHA-256 of such a file, by which data/ledger.jsonl names it ("fileSha256", and "file" of each
  decision it brought). For each, with REVIEWER the identity of that reviewer in org_signers:
    (cd data/returned/NAME && sha256sum --strict -c tagmanifest-sha256.txt manifest-sha256.txt)
    ssh-keygen -Y verify -f org_signers -I REVIEWER -n countersign-assignment-decisions -s data/returned/NAME/signatures/*.sig < data/returned/NAME/tagmanifest-sha256.txt
  What sha256sum data/returned/NAME/tagmanifest-sha256.txt prints stands as "tagManifestSha256" in the entry that took it in.
  data/decisions.jsonl in it holds entries of the reviewer's own ledger. "imported" in data/ledger.jsonl names each by its
  "id"; item, decision, reason and digest must be the same there.


What it means

  ssh-keygen says Good "countersign-evidence-pack" signature for IDENTITY: the pack is what that signer signed.
  It must say so for every file in signatures, and there must be at least one. Anything else: do not rely on the pack.
  Only the files that these steps name are covered; pay no heed to any other that lies beside them.

  The ledger in data/ledger.jsonl can be checked by hand, too. The hash of an entry is the SHA-256 of one zero byte
  followed by its line without the line end, and each entry names the hash of the one before as "prev":
    { printf '\\000'; sed -n 1p data/ledger.jsonl | tr -d '\\n'; } | sha256sum
  data/checkpoint.txt holds the number of entries and the RFC 6962 Merkle root over these hashes;
  data/proofs.jsonl holds for each decision the hashes that lead from its entry to that root.
`);

/** SHA-256 of this text, and of those that earlier versions put into their packs. */
export const knownVerifyTexts: ReadonlySet<string> = new Set([
  sha256Hex(verifyText),
  '129cf24d27ba57cf85adbebe6c29da53b9ad3aa21d0b30bfda969a6f5941f099',
  '26cfebcff72f49fff7586368264b6aa5fbe2c370578e8570af9a3354a19a635b',
]);

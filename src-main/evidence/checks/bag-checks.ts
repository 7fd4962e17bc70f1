// Checks of the container: BagIt layout, manifests and sizes.
import { bagitDeclaration, parseBagInfo, payloadOxum } from '../bag-info.ts';
import { compareDigests, parseManifest, type Digests } from '../manifest.ts';
import { fileOf } from '../pack-contents.ts';
import { isSignOffFile } from '../sign-off.ts';
import { failCheck, listNames, type Check } from './check.ts';
import type { OpenedPack } from './opened-pack.ts';
import { isTimestamp, signatureName } from './read-signatures.ts';

const tagFiles = ['VERIFY.txt', 'bag-info.txt', 'bagit.txt', 'manifest-sha256.txt'];
const topFiles = [...tagFiles, 'tagmanifest-sha256.txt'];

function checkLayout({ archive: files }: OpenedPack): string {
  const missing = topFiles.filter((name) => !files.has(name));
  if (missing.length > 0)
    failCheck('malformed', `This is not an evidence pack: ${listNames(missing)} missing.`);
  const others = [...files.keys()].filter((name) => !name.startsWith('data/') && !topFiles.includes(name));
  const foreign = others.filter(
    (name) => !signatureName.test(name) && !isTimestamp(name, files) && !isSignOffFile(name, files),
  );
  if (foreign.length > 0) failCheck('tampered', `No signature covers ${listNames(foreign)}; it was added.`);
  if (!others.some((name) => signatureName.test(name)))
    failCheck('malformed', 'The pack has no signature at all.');
  return `BagIt layout with ${files.size} files.`;
}

function compareListed(listed: Digests, present: Digests, what: string): string {
  const { missing, added, changed } = compareDigests(listed, present);
  if (changed.length > 0) failCheck('tampered', `Changed since signing: ${listNames(changed)}.`);
  if (missing.length > 0) failCheck('tampered', `Removed since signing: ${listNames(missing)}.`);
  if (added.length > 0) failCheck('tampered', `Added since signing: ${listNames(added)}.`);
  return `${listed.size} ${what} unchanged.`;
}

function checkTagManifest({ files, digests }: OpenedPack): string {
  const name = 'tagmanifest-sha256.txt';
  const tags = new Map([...digests].filter(([file]) => tagFiles.includes(file)));
  return compareListed(parseManifest(fileOf(files, name), name), tags, 'tag files');
}

function checkPayloadManifest({ files, payloadDigests }: OpenedPack): string {
  const name = 'manifest-sha256.txt';
  return compareListed(parseManifest(fileOf(files, name), name), payloadDigests, 'payload files');
}

function checkPayloadOxum({ files, payload }: OpenedPack): string {
  if (!bagitDeclaration.equals(fileOf(files, 'bagit.txt'))) {
    failCheck('malformed', 'bagit.txt does not declare BagIt 1.0 in UTF-8.');
  }
  const info = parseBagInfo(fileOf(files, 'bag-info.txt'));
  const actual = payloadOxum(payload.values());
  if (info.payloadOxum !== actual) {
    failCheck(
      'tampered',
      `bag-info.txt announces ${info.payloadOxum}, but there are ${actual} (bytes.files).`,
    );
  }
  return `${actual} (bytes.files) as announced.`;
}

export const bagChecks: readonly Check<OpenedPack>[] = [
  { name: 'layout', needs: ['container'], run: checkLayout },
  { name: 'tag-manifest', needs: ['container'], run: checkTagManifest },
  { name: 'payload-manifest', needs: ['container'], run: checkPayloadManifest },
  { name: 'payload-oxum', needs: ['container'], run: checkPayloadOxum },
];

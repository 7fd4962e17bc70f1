// Names for what is made of a pack: they say what it is, what of, and none is taken twice.
import { join } from 'node:path';
import type { Workstation } from '../workstation.ts';

const kindBefore = /^(?:PACK|REDACTED|SIGNED)-/;
const longestStem = 120;

/**
 * Path in the packs folder for something made of a pack file.
 * @param of name of the pack file; whatever a file system would read in it is left out
 */
export function newPackFile(
  { packsDirectory, ledger }: Workstation,
  kind: 'REDACTED' | 'SIGNED' | 'REVEALED',
  of: string,
  extension: 'zip' | 'json' = 'zip',
): string {
  const plain = of.replace(/\.zip$/i, '').replaceAll(/[^A-Za-z0-9._-]+/g, '-');
  const stem = plain.replace(kindBefore, '').slice(0, longestStem);
  return join(packsDirectory, `${kind}-${stem}-${ledger.newId().slice(-6).toLowerCase()}.${extension}`);
}

// Finds an exported pack by the name it was listed under, the page that verifies packs, or revealed values; nothing else in the workspace.
import { containedFile } from './assets.ts';

const packName =
  /^(?:[A-Za-z0-9][A-Za-z0-9._-]{0,200}\.zip|REVEALED-[A-Za-z0-9._-]{1,190}\.json|verify\.html)$/;

/** The real path of a pack in the packs folder, or null when the name is not one of a pack there. */
export async function findPack(packsDirectory: string, name: string): Promise<string | null> {
  return packName.test(name) ? containedFile(packsDirectory, [name]) : null;
}

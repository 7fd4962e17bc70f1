// Puts timestamps beside the signatures of a finished pack file; everything else in it stays byte for byte.
import { addToPack, type ChangedPack } from './add-to-pack.ts';
import { signatureName, timestampOf } from './checks/read-signatures.ts';
import { readWhole } from './pack-archive.ts';

/** Asks for a timestamp of one signature file, checks it, and returns the reply to keep. */
export type AskForTimestamp = (signature: Uint8Array) => Promise<Uint8Array>;

/** `added` counts the timestamps; signatures that have one keep it. */
export type TimestampedPack = ChangedPack;

const largestSignatureBytes = 20_000;

/**
 * Adds `timestamps/<role>-<fpr8>.tsr` for every signature without one.
 * @throws Problem `file-unreadable` for a folder, or a zip that another program wrote; and what `ask` throws. The pack
 *   is then as it was.
 */
export function addTimestamps(path: string, ask: AskForTimestamp): Promise<TimestampedPack> {
  return addToPack({
    path,
    what: 'Timestamps',
    make: async (files) => {
      const replies = new Map<string, Uint8Array>();
      for (const [name, file] of files) {
        const beside = timestampOf(name);
        if (!signatureName.test(name) || files.has(beside)) continue;
        replies.set(beside, await ask(await readWhole(file, name, largestSignatureBytes)));
      }
      return replies;
    },
  });
}

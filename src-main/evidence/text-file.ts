// Reads text files of a pack strictly: UTF-8 without exception.
import { Problem } from '#shared/model/problem.ts';

/**
 * Decodes UTF-8; a byte order mark stays in the text.
 * @param name file name for the message.
 * @throws Problem `file-unreadable`
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new Problem('file-unreadable', `${name} is not UTF-8 text.`, { cause });
  }
}

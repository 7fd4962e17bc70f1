// Puts a finished pack on disk, whole or not at all.
import { Problem } from '#shared/model/problem.ts';
import { writeFileAtomically } from './atomic-file.ts';

/**
 * Writes the zip of a pack; a kill at any moment leaves no half pack under this name.
 * @throws Problem `file-unreadable` when the file cannot be written.
 */
export async function writePack(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFileAtomically(path, bytes);
  } catch (cause) {
    throw new Problem(
      'file-unreadable',
      'The pack could not be written. No file was left or changed there.',
      {
        next: 'Check that the folder exists, may be written to and has room, then export again.',
        cause,
      },
    );
  }
}

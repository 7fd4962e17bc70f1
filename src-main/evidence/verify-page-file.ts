// verify.html as it was built: handed out beside packs, never inside one, with the hash by which it is compared.
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { VerifyPage } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { sha256Hex } from './digest.ts';

export const verifyPageName = 'verify.html';

const unbuilt = (cause?: unknown) =>
  new Problem('file-unreadable', 'The page that verifies packs has not been built, so none was written.', {
    next: 'Run “npm run build” once, or start with “npm start”, which builds what is missing.',
    cause,
  });

/**
 * Copies the page to `file`, or only hashes it where `file` is null.
 * @param built where the build left it; undefined in a door that has none
 * @throws Problem `file-unreadable` when it was not built, or cannot be written
 */
export async function handOutVerifyPage(built: string | undefined, file: string | null): Promise<VerifyPage> {
  if (built === undefined) throw unbuilt();
  let page: Buffer;
  try {
    page = await readFile(built);
  } catch (cause) {
    throw unbuilt(cause);
  }
  if (file !== null) await write(file, page);
  return { file, bytes: page.length, sha256: sha256Hex(page) };
}

async function write(file: string, page: Uint8Array): Promise<void> {
  try {
    mkdirSync(dirname(file), { recursive: true });
    await writeFileAtomically(file, page);
  } catch (cause) {
    throw new Problem('file-unreadable', 'The page that verifies packs could not be written there.', {
      next: 'Choose another folder, or make room and check its permissions.',
      cause,
    });
  }
}

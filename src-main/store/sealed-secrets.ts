// Keeps sealed secrets in a file of the workspace; what is sealed opens only on this computer, for this person.
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';

/** Seals text so that the workspace folder alone never gives it back. */
export type SecretSeal = {
  readonly seal: (secret: string) => Promise<string>;
  readonly unseal: (sealed: string) => Promise<string>;
};

const fileSchema = z.record(z.string(), z.string());
const fileName = 'secrets.json';

export async function storeSecret(
  directory: string,
  seal: SecretSeal,
  name: string,
  secret: string,
): Promise<void> {
  const sealed = await seal.seal(secret);
  const path = join(directory, fileName);
  const temporary = `${path}.${randomUUID()}.new`;
  const text = `${JSON.stringify({ ...readAll(directory), [name]: sealed }, null, 2)}\n`;
  try {
    writeFileSync(temporary, text, { mode: 0o600, flush: true });
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new Problem('file-unreadable', 'The database password could not be stored. Nothing was changed.', {
      next: 'Check that the workspace folder can be written to and that its disk has room.',
      cause,
    });
  }
}

/** The secret, or null when none of that name was stored. */
export async function readSecret(directory: string, seal: SecretSeal, name: string): Promise<string | null> {
  const sealed = readAll(directory)[name];
  return sealed === undefined ? null : await seal.unseal(sealed);
}

function readAll(directory: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(join(directory, fileName), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw unreadable(error);
  }
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(cause: unknown): Problem {
  return new Problem(
    'file-unreadable',
    'The stored database password of this workspace cannot be read. Nothing else is affected.',
    {
      next: 'Connect to the database again to store it anew.',
      cause,
    },
  );
}

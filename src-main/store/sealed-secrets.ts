// Keeps sealed secrets in a file of the workspace; what is sealed opens only on this computer, for this person.
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
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
  const file = openSync(temporary, 'w', 0o600);
  writeSync(file, `${JSON.stringify({ ...readAll(directory), [name]: sealed }, null, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(temporary, path);
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

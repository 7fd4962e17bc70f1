// psql, as the yardstick of moving rows: what everybody already has.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { devNull } from 'node:os';
import { delimiter, join } from 'node:path';

/** Path of psql, or null where there is none. */
export function findPsql(path: string): string | null {
  const names = process.platform === 'win32' ? ['psql.exe'] : ['psql'];
  const places = path.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not ours to run: either way it cannot be used.
    return false;
  }
}

/** Copies the answer of a query to nowhere; resolves when psql has ended well. */
export async function copyToNowhere(
  psql: string,
  url: string,
  select: string,
  format: 'text' | 'binary',
): Promise<void> {
  const command = `\\copy (${select}) TO '${devNull}' WITH (FORMAT ${format})`;
  const child = spawn(psql, ['-X', '-q', '-d', url, '-c', command], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`psql ended with ${code}: ${said.trim()}`);
}

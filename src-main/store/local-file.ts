// A small file of a workspace that is no evidence: written whole and at once, so that a crash leaves the old or the new one.
import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';

/**
 * What the file holds, or `empty` where there is none.
 * @throws Problem `file-unreadable` where it is damaged; it is left as it is
 */
export function readLocalFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  empty: z.infer<Schema>,
): z.infer<Schema> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return empty;
    throw unreadable(error);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw unreadable(error);
  }
}

/** On disk when it returns. @throws Problem `file-unreadable`; the file is then as it was */
export function writeLocalFile(path: string, content: unknown): void {
  const temporary = `${path}.${randomUUID()}.new`;
  try {
    writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw new Problem(
      'file-unreadable',
      'This could not be kept in the workspace folder. Nothing else is affected.',
      {
        next: 'Check that the folder can be written to and that its disk has room.',
        cause,
      },
    );
  }
}

function unreadable(cause: unknown): Problem {
  return new Problem(
    'file-unreadable',
    'A file of this workspace with drafts or saved views cannot be read. No decision is affected.',
    { next: 'Move drafts.json or saved-views.json out of the workspace folder, then try again.', cause },
  );
}

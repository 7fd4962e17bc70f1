// Remembers beside the ledger what people were reminded of, so that a restart does not tell it again.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../../evidence/atomic-file.ts';
import { toldSteps, type ToldSteps } from './reminders.ts';

const toldPath = (workspace: string): string => join(workspace, 'reminders-told.json');

/** What was told; nothing where there is no such file, or none that can be read: then it is told once more. */
export async function readTold(workspace: string): Promise<ToldSteps> {
  try {
    return toldSteps.parse(JSON.parse(await readFile(toldPath(workspace), 'utf8')));
  } catch {
    return {};
  }
}

export async function writeTold(workspace: string, told: ToldSteps): Promise<void> {
  await writeFileAtomically(toldPath(workspace), Buffer.from(`${JSON.stringify(told)}\n`));
}

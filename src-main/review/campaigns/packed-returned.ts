// The files in which decisions came back, as a pack holds them: read from where the workspace keeps them, once each is what the ledger names.
import { Problem } from '#shared/model/problem.ts';
import { openPackAt } from '../../evidence/pack-reader.ts';
import { readPackZip } from '../../evidence/pack-zip.ts';
import type { OpenedCampaign } from '../../evidence/parts/campaign-lines.ts';
import type { ReturnedFile, ReturnedMember } from '../../evidence/parts/returned-files.ts';
import { lackOf } from '../../store/hashed-copy.ts';
import { keptFiles, returnedName, returnedPath } from './returned-file.ts';

/** Those of the campaigns in their order; a file that an earlier release took in was not kept, and is not among them. */
export const packedReturned = (packed: readonly OpenedCampaign[], workspace: string): ReturnedFile[] =>
  packed.flatMap((record) =>
    keptFiles(record).map((sha256) => ({
      sha256,
      members: () => membersOf(workspace, record, sha256),
    })),
  );

async function* membersOf(
  workspace: string,
  record: OpenedCampaign,
  sha256: string,
): AsyncGenerator<ReturnedMember> {
  const path = returnedPath(workspace, record.id, sha256);
  await assertKept(path, record, sha256);
  const { pack, close } = await openPackAt(path);
  try {
    if (!('read' in pack)) throw lost(record, sha256);
    const { files } = await readPackZip(pack);
    for (const [name, { read }] of files) yield { name, read };
  } finally {
    await close();
  }
}

async function assertKept(path: string, record: OpenedCampaign, sha256: string): Promise<void> {
  let lack: unknown;
  try {
    lack = await lackOf(path, sha256);
  } catch (error) {
    lack = error;
  }
  if (lack !== null) throw lost(record, sha256, lack);
}

const lost = ({ id, definition }: OpenedCampaign, sha256: string, cause?: unknown): Problem =>
  new Problem(
    'store-damaged',
    `A file in which decisions on the campaign “${definition.name}” came back is not here as the ledger names it, so nothing was exported.`,
    {
      next: `Take in the same file again, or put campaigns/${id}/${returnedName(sha256)} back from a copy of the workspace.`,
      cause,
    },
  );

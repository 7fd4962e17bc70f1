// Copies the files in which decisions came back to where the files of a pack wait.
import { Problem } from '#shared/model/problem.ts';
import { maximumPackFiles } from './pack-files.ts';
import { returnedFolder, type ReturnedFile } from './parts/returned-files.ts';
import type { Spool, SpooledFile } from './spool.ts';

const membersEach = 8;
/** Others need room, too. */
const mostFiles = Math.floor((maximumPackFiles - 1_000) / membersEach);

/**
 * @param breathe awaited between pieces; throws to give up
 * @throws Problem `refused` where there are more than a pack can hold, or as {@link ReturnedFile}
 */
export async function spoolReturned(
  returned: readonly ReturnedFile[],
  spool: Spool,
  breathe: () => Promise<void>,
): Promise<SpooledFile[]> {
  if (returned.length > mostFiles) throw tooMany(returned.length);
  const files: SpooledFile[] = [];
  for (const { sha256, members } of returned)
    for await (const { name, read } of members()) {
      const sink = await spool.create(`${returnedFolder}${sha256}/${name}`);
      for await (const piece of read()) {
        await sink.addBytes(piece);
        await breathe();
      }
      files.push(await sink.end());
    }
  return files;
}

const tooMany = (count: number): Problem =>
  new Problem(
    'refused',
    `The campaigns of this pack took in ${count} files of decisions, and a pack has room for ${mostFiles}. Nothing was exported.`,
    { next: 'Export a pack for some of the campaigns (countersign export --campaign ID).' },
  );

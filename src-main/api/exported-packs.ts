// Every pack this workspace exported, as the ledger knows: also those that were written elsewhere, moved or deleted.
import { z } from 'zod';
import type { ExportedPack, PackListing } from '#shared/model/evidence.ts';
import { newestFirst } from '../store/ledger/browse.ts';
import type { Ledger } from '../review/ledger.ts';

const exported = z.object({ name: z.string(), sha256: z.string() });
const deleted = z.object({ sha256: z.string() });

/**
 * Newest first. The ledger keeps the name of a pack, and no folder.
 * @param here the packs in the workspace's folder; one that was signed off there is another file under the same name
 */
export function listExportedPacks(ledger: Ledger, here: readonly PackListing[]): ExportedPack[] {
  const known = new Set(here.flatMap(({ name, sha256 }) => [name, sha256]));
  return ledger.read((database) => {
    const gone = new Set(
      [...newestFirst(database, { type: 'pack-deleted' })].flatMap(({ entry }) => [
        deleted.parse(entry.payload).sha256,
        entry.subject ?? '',
      ]),
    );
    return [...newestFirst(database, { type: 'export' })].map(({ entry }) => {
      const { name, sha256 } = exported.parse(entry.payload);
      return {
        packId: entry.subject ?? '',
        name,
        sha256,
        exportedAt: entry.wall_time,
        exportedBy: entry.actor,
        standing:
          known.has(sha256) || known.has(name)
            ? 'in-folder'
            : gone.has(sha256) || gone.has(name)
              ? 'deleted'
              : 'elsewhere',
      };
    });
  });
}

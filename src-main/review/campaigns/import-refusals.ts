// What was not taken over of one file of decisions, as the ledger has it, with what each was about.
import type { ImportRefusals } from '#shared/model/campaign-file-views.ts';
import { Problem } from '#shared/model/problem.ts';
import { campaignOf } from './campaign-state.ts';
import { readItems } from './item-index.ts';
import type { ListScene } from './list-items.ts';

const shownAtMost = 200;

/** @throws Problem `not-found` for a file that was not imported here, or as readItems */
export async function importRefusals(scene: ListScene, id: string, sha256: string): Promise<ImportRefusals> {
  const record = campaignOf(scene.state, id);
  // The same file may have been taken in again; what was refused then is what is refused now.
  const file = record.imports.findLast(({ fileSha256 }) => fileSha256 === sha256);
  if (file === undefined)
    throw new Problem('not-found', 'No file of decisions with this hash was taken in here.');
  const shown = file.refused.slice(0, shownAtMost);
  const items = await readItems(
    scene,
    record,
    shown.map(({ item }) => item),
  );
  return {
    total: file.refused.length,
    refused: shown.map(({ decision, item, why }) => ({
      decision,
      item,
      subject: items.get(item)?.subject ?? null,
      entitlement: items.get(item)?.entitlement ?? null,
      why,
    })),
  };
}

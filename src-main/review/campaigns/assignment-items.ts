// The items of an assignment on their way into a workspace: checked one by one, with those of earlier files, hashed as they are written.
import { mkdir } from 'node:fs/promises';
import type { AssignmentStatement } from '#shared/model/campaign-files.ts';
import { campaignItem, type CampaignItem } from '#shared/model/campaign.ts';
import { Problem } from '#shared/model/problem.ts';
import { canonicalJson } from '../../evidence/entry-hash.ts';
import { parseJsonLine } from '../../evidence/json-lines.ts';
import { writeTakenEvidence } from './assignment-evidence.ts';
import type { OpenedTravelling } from './assignment-open.ts';
import type { TravelWatch } from './assignment-watch.ts';
import type { CampaignRecord } from './campaign-state.ts';
import { sideBySide } from './difference.ts';
import { campaignFolder, frozenFileOf, readFrozenFile } from './frozen-file.ts';
import { frozenWriter, type FrozenSummary } from './frozen-writer.ts';
import { itemKey } from './item-digest.ts';
import { itemLine } from './item-line.ts';

type Opened = OpenedTravelling<AssignmentStatement>;

export const askAgain = 'Ask the owner of the campaign for the file once more.';

export const refused = (what: string, next: string): Problem =>
  new Problem('refused', `${what} Nothing was taken from this file.`, { next });

export type Written = FrozenSummary & { readonly file: string };
export type WrittenItems = Written & { readonly evidence: Written | null };

/** The items of this file, and with them those that are here from earlier files of the same stage. */
export async function writeItems(
  workspace: string,
  record: CampaignRecord | null,
  opened: Opened,
  watch: TravelWatch,
  put: (written: WrittenItems, publish: () => void) => void,
): Promise<WrittenItems> {
  const folder = campaignFolder(workspace, opened.statement.campaign);
  const nameOf = (what: string) => `${what}-${opened.sha256.slice(0, 16)}.jsonl`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const writer = await frozenWriter(folder, nameOf('items'));
  const beside = await frozenWriter(folder, nameOf('evidence'));
  try {
    const isSameStage = record?.taken.at(-1)?.stage === opened.statement.stage;
    const earlierFile = isSameStage ? record : null;
    const here = earlierFile === null ? [] : itemsHere(workspace, earlierFile);
    for await (const { key, earlier, later } of sideBySide(here, itemsIn(opened, watch))) {
      if (earlier && later && canonicalJson(earlier) !== canonicalJson(later))
        throw refused('An item of it is here already and says something else.', askAgain);
      writer.add(key, itemLine((later ?? earlier)!));
      if (writer.isFull()) await writer.flush();
    }
    await writeTakenEvidence(beside, { workspace, earlier: earlierFile }, opened, watch);
    const [items, evidence] = [await writer.end(), await beside.end()];
    const written = {
      ...items,
      file: nameOf('items'),
      evidence: evidence.items === 0 ? null : { ...evidence, file: nameOf('evidence') },
    };
    watch.signal.throwIfAborted();
    put(written, () => {
      if (written.evidence !== null) beside.publish();
      writer.publish();
    });
    return written;
  } finally {
    await writer.discard();
    await beside.discard();
  }
}

async function* itemsHere(
  workspace: string,
  record: CampaignRecord,
): AsyncGenerator<readonly CampaignItem[]> {
  for await (const lines of readFrozenFile(frozenFileOf(workspace, record)))
    yield lines.map(({ item }) => item);
}

/** @throws Problem where an item is not what its key says, or they are not in order */
async function* itemsIn(
  { statement, rows }: Opened,
  { signal, progress }: TravelWatch,
): AsyncGenerator<readonly CampaignItem[]> {
  let [count, last] = [0, ''];
  for await (const lines of rows()) {
    signal.throwIfAborted();
    const items = lines.map(({ text, where }) => {
      const item = parseJsonLine(text, where, campaignItem);
      if (item.key !== itemKey(item.subject, item.entitlement, item.resource) || item.key <= last)
        throw refused(`${where} does not have the key of its item, or is out of order.`, askAgain);
      last = item.key;
      return item;
    });
    count += items.length;
    progress('Taking up the items', count, statement.items, 'items');
    yield items;
  }
  if (count !== statement.items)
    throw refused(`It holds ${count} items and says ${statement.items}.`, askAgain);
}

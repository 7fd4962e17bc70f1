// The campaigns of a workspace as a pack holds them; populations are read from their frozen files, item by item.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { CampaignItem } from '#shared/model/campaign.ts';
import type { CampaignsSaid, CampaignsWish, PackSpan } from '#shared/model/pack-campaigns.ts';
import { Problem } from '#shared/model/problem.ts';
import {
  campaignLineOf,
  isWished,
  leftOutOf,
  openedCampaigns,
  type CampaignItemLine,
  type CampaignLine,
  type OpenedCampaign,
} from '../../evidence/parts/campaign-lines.ts';
import type { ReturnedFile } from '../../evidence/parts/returned-files.ts';
import { notYet, type NotYet } from '../../evidence/row-pauses.ts';
import type { Identities } from '../aliases.ts';
import type { LedgerState } from '../projection.ts';
import { frozenFileOf, readLine, type FrozenFile } from './frozen-file.ts';
import { packedReturned } from './packed-returned.ts';
import { campaignIdentities } from './reviewer-of-record.ts';
import { standingOf } from './standing.ts';

export type PackedCampaigns = {
  readonly said: CampaignsSaid;
  readonly count: number;
  readonly lines: () => Iterable<CampaignLine | NotYet>;
  readonly items: () => Iterable<CampaignItemLine>;
  readonly returned: readonly ReturnedFile[];
};

/**
 * Undefined where nothing was opened here: a pack then says nothing of campaigns.
 * @throws Problem `not-found` for a wish of a campaign that was not opened here
 */
export function packedCampaigns(
  { campaigns, independence: { identities } }: Pick<LedgerState, 'campaigns' | 'independence'>,
  workspace: string,
  wish: CampaignsWish,
  span: PackSpan,
): PackedCampaigns | undefined {
  const opened = openedCampaigns(campaigns);
  assertOpened(opened, wish);
  if (opened.length === 0) return undefined;
  const packed = opened.filter((record) => isWished(record, wish, span));
  return {
    said: { choice: wish.choice, leftOut: leftOutOf(opened, packed) },
    count: packed.length,
    lines: () => linesOf(packed, identities),
    items: function* () {
      for (const record of packed) {
        const own = campaignIdentities(identities, record.definition);
        for (const item of frozenItems(frozenFileOf(workspace, record)))
          yield itemLineOf(record, item, standingOf(record, item, own));
      }
    },
    returned: packedReturned(packed, workspace),
  };
}

function* linesOf(
  packed: readonly OpenedCampaign[],
  identities: Identities,
): Generator<CampaignLine | NotYet> {
  for (const record of packed) {
    const steps = campaignLineOf(record, identities);
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) yield notYet;
    yield step.value;
  }
}

/** @throws Problem `not-found` */
export function assertOpened(opened: readonly OpenedCampaign[], wish: CampaignsWish): void {
  if (wish.choice !== 'chosen') return;
  const missing = wish.campaigns.find((one) => !opened.some(({ id }) => id === one));
  if (missing === undefined) return;
  throw new Problem(
    'not-found',
    `No campaign ${missing} was opened in this workspace, so nothing was exported.`,
    {
      next: 'See which there are (countersign campaign status).',
    },
  );
}

function itemLineOf(
  { id }: OpenedCampaign,
  item: CampaignItem,
  { state, outcome, decisions }: ReturnType<typeof standingOf>,
): CampaignItemLine {
  return { campaign: id, item, state, outcome, decisions: decisions.map((one) => one?.id ?? null) };
}

const pieceBytes = 1 << 18;
const lineFeed = 0x0a;

/** @throws Problem `store-damaged` after the last item where the file was changed, `file-unreadable` */
function* frozenItems({ path, sha256 }: FrozenFile): Generator<CampaignItem> {
  const hash = createHash('sha256');
  for (const lines of wholeLines(path)) {
    hash.update(lines);
    let start = 0;
    for (let end = lines.indexOf(lineFeed); end >= 0; end = lines.indexOf(lineFeed, start)) {
      const item = readLine(lines.toString('utf8', start, end));
      if (item === null) throw changed();
      yield item;
      start = end + 1;
    }
    if (start < lines.length) throw changed();
  }
  if (hash.digest('hex') !== sha256) throw changed();
}

/** Some lines at a time, the last perhaps without its end; good until the next are asked for, which come into the same memory. */
function* wholeLines(path: string): Generator<Buffer> {
  const file = attempt(() => openSync(path, 'r'));
  try {
    let memory = Buffer.alloc(pieceBytes);
    let held = 0;
    for (;;) {
      // A line that fills all of it needs more.
      if (held === memory.length) memory = Buffer.concat([memory, Buffer.alloc(memory.length)]);
      const length = attempt(() => readSync(file, memory, held, memory.length - held, null));
      held += length;
      const end = length === 0 ? held : memory.lastIndexOf(lineFeed, held - 1) + 1;
      if (end > 0) yield memory.subarray(0, end);
      memory.copyWithin(0, end, held);
      held -= end;
      if (length === 0) return;
    }
  } finally {
    closeSync(file);
  }
}

function attempt<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    throw new Problem(
      'file-unreadable',
      'The frozen population of a campaign cannot be read, so nothing was exported.',
      {
        next: 'Put the folder “campaigns” of the workspace back, or make it readable for you.',
        cause,
      },
    );
  }
}

const changed = () =>
  new Problem(
    'store-damaged',
    'The frozen population of a campaign is not the one the ledger names, so nothing was exported.',
    {
      next: 'Put its file back from a copy of the workspace; its SHA-256 stands in the ledger.',
    },
  );

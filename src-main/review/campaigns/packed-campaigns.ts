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
import type { LedgerState } from '../projection.ts';
import { frozenFileOf, readLine, type FrozenFile } from './frozen-file.ts';
import { campaignIdentities } from './reviewer-of-record.ts';
import { standingOf } from './standing.ts';

export type PackedCampaigns = {
  readonly said: CampaignsSaid;
  readonly count: number;
  readonly lines: () => Iterable<CampaignLine>;
  readonly items: () => Iterable<CampaignItemLine>;
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
    lines: () => packed.map((record) => campaignLineOf(record, identities)),
    items: function* () {
      for (const record of packed) {
        const own = campaignIdentities(identities, record.definition);
        for (const item of frozenItems(frozenFileOf(workspace, record)))
          yield itemLineOf(record, item, standingOf(record, item, own));
      }
    },
  };
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
  let rest: Buffer = Buffer.alloc(0);
  for (const piece of piecesOf(path)) {
    hash.update(piece);
    const bytes = Buffer.concat([rest, piece]);
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
      const item = readLine(bytes.toString('utf8', start, end));
      if (item === null) throw changed();
      yield item;
      start = end + 1;
    }
    rest = bytes.subarray(start);
  }
  if (rest.length > 0 || hash.digest('hex') !== sha256) throw changed();
}

function* piecesOf(path: string): Generator<Buffer> {
  const file = attempt(() => openSync(path, 'r'));
  try {
    for (;;) {
      const piece = Buffer.alloc(pieceBytes);
      const length = attempt(() => readSync(file, piece));
      if (length === 0) return;
      yield piece.subarray(0, length);
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

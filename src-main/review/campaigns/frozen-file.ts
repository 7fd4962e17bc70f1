// The frozen population on disk: canonical JSON, one item a line, in the order of keys; written once and never changed.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { campaignItem, type CampaignItem } from '#shared/model/campaign.ts';
import { Problem } from '#shared/model/problem.ts';
import type { CampaignRecord } from './campaign-state.ts';

/** Where everything of one campaign lies. @param workspace the workspace folder */
export const campaignFolder = (workspace: string, campaign: string): string =>
  join(workspace, 'campaigns', campaign);

export type FrozenFile = {
  readonly path: string;
  /** As the ledger has it, 64 hex digits. */
  readonly sha256: string;
  readonly items: number;
};

/**
 * The items a campaign is about here: the whole population where it was opened, the newest file of items where they were handed over.
 * @throws Problem `refused` for a draft
 */
export function frozenFileOf(workspace: string, record: CampaignRecord): FrozenFile {
  const folder = campaignFolder(workspace, record.id);
  const taken = record.taken.at(-1);
  if (record.opened)
    return {
      path: join(folder, record.opened.file),
      sha256: record.opened.ipe.sha256,
      items: record.opened.ipe.items,
    };
  if (taken) return { path: join(folder, taken.itemsFile), sha256: taken.itemsSha256, items: taken.items };
  throw new Problem('refused', 'This campaign is a draft: its population is not frozen yet.', {
    next: 'Open it first (countersign campaign open).',
  });
}

/** One line of the file, with where it stands in it. */
export type FrozenLine = { readonly item: CampaignItem; readonly offset: number; readonly bytes: number };

const lineFeed = 0x0a;
const pieceBytes = 1 << 18;

/** Some lines of the file as they arrived, and where the first of them begins. */
type Cut = { readonly bytes: Buffer; readonly ends: readonly number[]; readonly offset: number };

/** Every line of the file, some at a time; the hash is compared at the end. */
export async function* cutLines(file: FrozenFile): AsyncGenerator<Cut> {
  const hash = createHash('sha256');
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  let items = 0;
  for await (const piece of piecesOf(file.path)) {
    hash.update(piece);
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    const ends: number[] = [];
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, end + 1)) ends.push(end);
    const start = ends.length === 0 ? 0 : ends.at(-1)! + 1;
    rest = bytes.subarray(start);
    items += ends.length;
    if (ends.length > 0) yield { bytes, ends, offset };
    offset += start;
  }
  if (rest.length > 0 || items !== file.items || hash.digest('hex') !== file.sha256) throw changed();
}

/**
 * Reads a frozen file from the first item to the last, some at a time; memory does not grow with it. Its hash is compared at the
 * end: what was concluded from it counts only when this ended without a problem.
 * @throws Problem `store-damaged` where the file was changed, `file-unreadable` where it cannot be read
 */
export async function* readFrozenFile(file: FrozenFile): AsyncGenerator<readonly FrozenLine[]> {
  for await (const { bytes, ends, offset } of cutLines(file)) {
    const lines: FrozenLine[] = [];
    let start = 0;
    for (const end of ends) {
      lines.push({ item: parseLine(bytes, start, end), offset: offset + start, bytes: end - start });
      start = end + 1;
    }
    yield lines;
  }
}

/** No text of an item can hold this: inside one, every quotation mark has a backslash before it. */
const keyMark = Buffer.from('"key":"');
const keyLength = 32;

/**
 * The keys alone, in their order, several times as quick as the items. What {@link readFrozenFile} says of hash and memory holds.
 * @throws Problem as {@link readFrozenFile}
 */
export async function* readFrozenKeys(file: FrozenFile): AsyncGenerator<readonly string[]> {
  for await (const { bytes, ends } of cutLines(file)) {
    let start = 0;
    yield ends.map((end) => {
      const at = bytes.indexOf(keyMark, start);
      if (at === -1 || at > end) throw changed();
      start = end + 1;
      return bytes.toString('latin1', at + keyMark.length, at + keyMark.length + keyLength);
    });
  }
}

/** The same by campaign. @throws Problem as {@link readFrozenFile}, `refused` for a draft */
export async function* readFrozenItems(
  workspace: string,
  record: CampaignRecord,
): AsyncGenerator<readonly CampaignItem[]> {
  for await (const lines of readFrozenFile(frozenFileOf(workspace, record)))
    yield lines.map(({ item }) => item);
}

/** A file that was hashed and found right; as long as nothing about it changes, it need not be hashed again. */
const sound = new Map<string, string>();

/**
 * Makes sure that a frozen file is what the ledger says it is. Hashed anew whenever the file was touched since.
 * @throws Problem `store-damaged` or `file-unreadable`
 */
export async function assertFrozen(file: FrozenFile): Promise<void> {
  const mark = `${file.sha256} ${await touchOf(file.path)}`;
  if (sound.get(file.path) === mark) return;
  const hash = createHash('sha256');
  for await (const piece of piecesOf(file.path)) hash.update(piece);
  if (hash.digest('hex') !== file.sha256 || mark !== `${file.sha256} ${await touchOf(file.path)}`)
    throw changed();
  sound.set(file.path, mark);
}

/** Changes with every write to the file, and with its replacement. */
async function touchOf(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch (error) {
    throw unreadable(error);
  }
}

async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const piece of createReadStream(path, { highWaterMark: pieceBytes })) {
      if (Buffer.isBuffer(piece)) yield piece;
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw unreadable(error);
  }
}

function parseLine(bytes: Buffer, start: number, end: number): CampaignItem {
  const item = readLine(bytes.toString('utf8', start, end));
  if (item === null) throw changed();
  return item;
}

/** Null for a line that holds no item. Files are written here and their hash is compared, so the form is only glanced at. */
export function readLine(text: string): CampaignItem | null {
  try {
    const value: unknown = JSON.parse(text);
    return isItem(value) ? value : null;
  } catch {
    // Not JSON, so not an item.
    return null;
  }
}

/** A look at the members everything depends on: the whole schema would take longer than reading the file. */
function isItem(value: unknown): value is CampaignItem {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'key' in value &&
    typeof value.key === 'string' &&
    'subject' in value &&
    typeof value.subject === 'string' &&
    'flags' in value &&
    Array.isArray(value.flags)
  );
}

/** An item checked member by member, for one that was handed over by somebody else. */
export const strictItem = (value: unknown): CampaignItem | null => campaignItem.safeParse(value).data ?? null;

const orTakeUpAgain = 'Items that came as a file come back by taking that file up again.';

function changed(): Problem {
  return new Problem(
    'store-damaged',
    'The frozen population of this campaign is not the one the ledger names: its file was changed after it was opened. Nothing was decided.',
    {
      next: `Put the file back from a copy of the workspace; its SHA-256 stands in the ledger. ${orTakeUpAgain}`,
    },
  );
}

function unreadable(cause: unknown): Problem {
  return new Problem(
    'file-unreadable',
    'The frozen population of this campaign cannot be read. Nothing was decided; every decision is kept.',
    {
      next: `Put the folder “campaigns” of the workspace back, or make it readable for you. ${orTakeUpAgain}`,
      cause,
    },
  );
}
